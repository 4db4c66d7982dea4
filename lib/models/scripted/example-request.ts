import type { OfferedTool } from "./choose-tool.ts";
import type { ParameterSchema } from "./json-schema.ts";
import { plainText } from "./plain-text.ts";

/** A sentence that this model would answer with a call of the tool. */
export function exampleRequest(tool: OfferedTool): string {
  const required = tool.schema.required ?? [];
  const values = required.map((key) => {
    const value = exampleValue(key, tool.schema.properties?.[key] ?? {});
    return required.length === 1 ? value : `${key}: ${value}`;
  });
  return `${tool.nameWords.join(" ")} ${values.join(", ")}`.trim();
}

function exampleValue(key: string, schema: ParameterSchema): string {
  const example = schema.examples?.[0] ?? schema.enum?.[0];
  if (example !== undefined) return plainText(example);
  if (schema.type === "number" || schema.type === "integer") return "7";
  if (schema.type === "boolean") return "true";
  if (/expression|formula/.test(key)) return "12 * 7";
  if (/url|uri|link/.test(key) || schema.format === "uri") return "https://example.com";
  if (/mail/.test(key)) return "ada@example.com";
  if (/date/.test(key)) return "2026-12-24";
  return '"some text"';
}
