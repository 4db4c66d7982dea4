import { z } from "zod";
import { type JsonObject, jsonObjectSchema } from "../core/json.ts";
import type { Tool } from "../core/tool.ts";

const schemas = new WeakMap<z.ZodType, JsonObject>();

/** The JSON schema (draft 7) of a tool's arguments, computed once per schema. */
export function inputJsonSchema({ input }: Tool): JsonObject {
  const known = schemas.get(input);
  if (known !== undefined) return known;
  const { $schema: _, ...schema } = z.toJSONSchema(input, { target: "draft-7", io: "input" });
  const plain = jsonObjectSchema.parse(JSON.parse(JSON.stringify(schema)));
  schemas.set(input, plain);
  return plain;
}
