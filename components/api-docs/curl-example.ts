import type { JsonObject, JsonValue } from "#lib/core/json.ts";
import type { OpenApiOperation } from "#lib/core/openapi-document.ts";

const BASE_URL = "http://localhost:7777/api";

/** Writes the shortest call of an operation that could work: required parameters and fields only. */
export function curlExample(method: string, path: string, operation: OpenApiOperation): string {
  const query = (operation.parameters ?? [])
    .filter((parameter) => parameter.in === "query" && parameter.required)
    .map(({ name }) => `${name}=…`)
    .join("&");
  const url = `${BASE_URL}${path === "/" ? "" : path}${query === "" ? "" : `?${query}`}`;
  const streams = operation.responses["200"]?.content?.["text/event-stream"] !== undefined;
  const lines = [`curl${streams ? " -N" : ""}${method === "GET" ? "" : ` -X ${method}`} "${url}"`];
  if (operation.security === undefined) lines.push('-H "Authorization: Bearer $TOKEN"');
  const content = operation.requestBody?.content;
  const form = content?.["application/x-www-form-urlencoded"]?.schema;
  const json = content?.["application/json"]?.schema;
  if (form !== undefined) {
    const fields = requiredProperties(form);
    lines.push(
      ...fields.map(
        ([name, schema]) => `--data-urlencode ${JSON.stringify(`${name}=${textOf(sample(name, schema))}`)}`,
      ),
    );
  } else if (json !== undefined) {
    const body = Object.fromEntries(
      requiredProperties(json).map(([name, schema]) => [name, sample(name, schema)]),
    );
    lines.push('-H "Content-Type: application/json"', `-d '${JSON.stringify(body)}'`);
  }
  return lines.join(" \\\n  ");
}

function requiredProperties(schema: JsonObject): [string, JsonObject][] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries((schema.properties ?? {}) as Record<string, JsonObject>).filter(([name]) =>
    required.includes(name),
  );
}

const SAMPLES: Record<string, JsonValue> = { integer: 1, number: 1, boolean: true, array: [], object: {} };

function sample(name: string, schema: JsonObject): JsonValue {
  if (Array.isArray(schema.enum)) return schema.enum[0] ?? "…";
  if (name === "message") return "What is 17 * 23?";
  return (typeof schema.type === "string" ? SAMPLES[schema.type] : undefined) ?? "…";
}

function textOf(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
