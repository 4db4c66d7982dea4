import type { JsonValue } from "#lib/core/json.ts";

/** The part of JSON Schema that arguments can be filled by. */
export interface ParameterSchema {
  type?: string;
  description?: string;
  format?: string;
  enum?: JsonValue[];
  const?: JsonValue;
  default?: JsonValue;
  examples?: JsonValue[];
  properties?: Record<string, ParameterSchema>;
  required?: string[];
  items?: ParameterSchema;
}

/** Reads a tool's schema leniently: of alternatives the first that is not null, of anything unknown nothing. */
export function readSchema(schema: unknown): ParameterSchema {
  if (typeof schema !== "object" || schema === null) return {};
  const raw = schema as Record<string, unknown>;
  const alternatives = [raw["anyOf"], raw["oneOf"]].find(Array.isArray) as unknown[] | undefined;
  const chosen = alternatives?.map(readSchema).find((alternative) => alternative.type !== "null");
  const type = Array.isArray(raw["type"]) ? raw["type"].find((name) => name !== "null") : raw["type"];
  const properties = raw["properties"];
  return {
    ...chosen,
    ...(raw as ParameterSchema),
    type: typeof type === "string" ? type : chosen?.type,
    properties:
      typeof properties === "object" && properties !== null
        ? Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, readSchema(value)]))
        : chosen?.properties,
    items: raw["items"] === undefined ? chosen?.items : readSchema(raw["items"]),
  };
}
