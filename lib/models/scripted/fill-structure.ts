import type { JsonValue } from "#lib/core/json.ts";
import { fillArguments } from "./fill-arguments.ts";
import type { ParameterSchema } from "./json-schema.ts";

/** JSON that fits a schema: what the text holds, and empty values for the required rest. */
export function fillStructure(schema: ParameterSchema, text: string): JsonValue {
  if (schema.properties === undefined) return emptyValue(schema);
  const { input, missing } = fillArguments(schema, text);
  for (const key of missing) input[key] = emptyValue(schema.properties[key] ?? {});
  return input;
}

function emptyValue(schema: ParameterSchema): JsonValue {
  const given = schema.const ?? schema.default ?? schema.enum?.[0];
  if (given !== undefined) return given;
  switch (schema.type ?? "any") {
    case "number":
    case "integer":
      return 0;
    case "boolean":
      return false;
    case "array":
      return [];
    case "object":
      return fillStructure({ ...schema, properties: schema.properties ?? {} }, "");
    default:
      return "";
  }
}
