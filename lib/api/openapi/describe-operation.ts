import type { JsonObject } from "#lib/core/json.ts";
import type { OpenApiOperation, OpenApiParameter, OpenApiResponse } from "#lib/core/openapi-document.ts";
import type { Contract } from "../contract.ts";
import type { SchemaBook } from "./schema-book.ts";

const ERROR_SENTENCES = {
  400: "The request makes no sense as it is",
  401: "No credential, or one that is not valid",
  403: "The caller lacks the scope",
  404: "There is no such thing for this caller",
  409: "Something else has the id, or it has changed meanwhile",
  413: "The body is larger than the limit",
  415: "The body is of a kind that is not accepted",
  422: "Single fields are at fault",
  429: "Too many requests; retry-after says how many seconds to wait",
} as const;

/** Describes one contract as an OpenAPI operation; its errors follow from what it asks of the caller. */
export function describeOperation(contract: Contract, book: SchemaBook): OpenApiOperation {
  const { operationId, tag, summary, scope, body } = contract;
  const parameters = [
    ...describeParameters(contract.params, "path", book),
    ...describeParameters(contract.query, "query", book),
  ];
  return {
    operationId,
    tags: [tag],
    summary,
    ...(scope === "public" ? { security: [] } : {}),
    ...(typeof scope === "string" ? {} : { "x-required-scope": scope.scope }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body.kind === "none" ? {} : { requestBody: describeBody(body, book) }),
    responses: { ...describeAnswers(contract, book), ...describeErrors(contract, parameters.length > 0) },
  };
}

function describeParameters(
  schema: Contract["params"],
  place: "path" | "query",
  book: SchemaBook,
): OpenApiParameter[] {
  const { properties, required } = book.describe(schema, "input") as {
    properties?: Record<string, JsonObject>;
    required?: string[];
  };
  return Object.entries(properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === "path" || (required ?? []).includes(name),
    schema: property,
  }));
}

function describeBody(
  body: Exclude<Contract["body"], { kind: "none" }>,
  book: SchemaBook,
): NonNullable<OpenApiOperation["requestBody"]> {
  const schema = book.describe(body.schema, "input");
  const required = body.kind === "json" || (Array.isArray(schema.required) && schema.required.length > 0);
  if (body.kind === "json") return { required, content: { "application/json": { schema } } };
  return {
    required,
    content: {
      "application/x-www-form-urlencoded": { schema },
      "multipart/form-data": { schema: body.files === undefined ? schema : withFiles(schema, body.files) },
      "application/json": { schema },
    },
  };
}

function withFiles(schema: JsonObject, field: string): JsonObject {
  const files = { type: "array", items: { type: "string", contentMediaType: "application/octet-stream" } };
  return { ...schema, properties: { ...(schema.properties as JsonObject), [field]: files } };
}

function describeAnswers(contract: Contract, book: SchemaBook): Record<string, OpenApiResponse> {
  return Object.fromEntries(
    Object.entries(contract.responses).map(([status, { description, schema, event }]) => {
      if (schema === null) return [status, { description }];
      if (schema === "sse") {
        const stream = {
          schema: { type: "string" },
          ...(event === undefined ? {} : { "x-event-schema": book.describe(event, "output") }),
        };
        return [status, { description, content: { "text/event-stream": stream } }];
      }
      if (schema === "bytes") {
        return [status, { description, content: { "application/octet-stream": { schema: {} } } }];
      }
      return [
        status,
        { description, content: { "application/json": { schema: book.describe(schema, "output") } } },
      ];
    }),
  );
}

function describeErrors(contract: Contract, hasParameters: boolean): Record<string, OpenApiResponse> {
  const hasBody = contract.body.kind !== "none";
  const statuses = [
    ...(hasBody ? ([400] as const) : []),
    ...(contract.scope === "public" ? [] : ([401, 403] as const)),
    ...(contract.path.includes("{") ? ([404] as const) : []),
    ...(contract.method === "GET" || contract.scope === "public" ? [] : ([409] as const)),
    ...(hasBody ? ([413, 415] as const) : []),
    ...(hasBody || hasParameters ? ([422] as const) : []),
    ...(contract.scope === "public" ? [] : ([429] as const)),
  ];
  return Object.fromEntries(
    statuses.map((status) => {
      const name = status === 422 ? "ValidationError" : "Error";
      const schema = { $ref: `#/components/schemas/${name}` };
      return [status, { description: ERROR_SENTENCES[status], content: { "application/json": { schema } } }];
    }),
  );
}
