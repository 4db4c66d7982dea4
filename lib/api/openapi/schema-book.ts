import { z } from "zod";
import type { JsonObject, JsonValue } from "#lib/core/json.ts";
import { SCHEMA_NAMES } from "./schema-names.ts";

/** Collects the named schemas of a document while its operations are written. */
export interface SchemaBook {
  /** JSON schema of what a caller sends (`input`) or gets (`output`); named parts become references. */
  describe: (schema: z.ZodType, side: "input" | "output") => JsonObject;
  schemas: Record<string, JsonObject>;
}

/** Makes an empty book. */
export function createSchemaBook(): SchemaBook {
  const schemas: Record<string, JsonObject> = {};
  return {
    schemas,
    describe(schema, side) {
      const { $schema: _dialect, $defs, ...root } = jsonSchemaOf(schema, side);
      const parts = Object.entries(($defs ?? {}) as Record<string, JsonObject>);
      // A recursive schema hides behind the name that it was given, under a number of its own.
      const names = new Map(
        parts.flatMap(([name, part]) => {
          const target = typeof part.$ref === "string" ? part.$ref : "";
          const numbered = /^#\/\$defs\/(__schema\d+)$/.exec(target)?.[1];
          return numbered === undefined ? [] : [[numbered, name] as const];
        }),
      );
      const aliases = new Set(names.values());
      for (const [name, part] of parts) {
        if (!aliases.has(name))
          schemas[names.get(name) ?? name] = withOwnReferences(part, names) as JsonObject;
      }
      return withOwnReferences(root, names) as JsonObject;
    },
  };
}

function jsonSchemaOf(schema: z.ZodType, side: "input" | "output"): JsonObject {
  return z.toJSONSchema(schema, {
    io: side,
    unrepresentable: "any",
    metadata: SCHEMA_NAMES,
    override: ({ zodSchema, jsonSchema }) => {
      // zod leaves out the default of what also comes as text, such as a form's booleans.
      if (zodSchema instanceof z.ZodDefault && side === "input") {
        jsonSchema.default ??= zodSchema.def.defaultValue as JsonValue;
      }
      // Left out: that keys are strings, the largest safe integer as a limit, and that answers never grow.
      delete jsonSchema.propertyNames;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (side === "output" && jsonSchema.additionalProperties === false) {
        delete jsonSchema.additionalProperties;
      }
    },
  }) as JsonObject;
}

function withOwnReferences(value: JsonValue, names: ReadonlyMap<string, string>): JsonValue {
  if (Array.isArray(value)) return value.map((item) => withOwnReferences(item, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]): [string, JsonValue] => {
      if (key !== "$ref" || typeof item !== "string") return [key, withOwnReferences(item, names)];
      const name = item.replace("#/$defs/", "");
      return [key, `#/components/schemas/${names.get(name) ?? name}`];
    }),
  );
}
