import type { JsonObject } from "#lib/core/json.ts";
import type { OpenApiDocument } from "#lib/core/openapi-document.ts";
import packageJson from "../../../package.json" with { type: "json" };
import { CONTRACTS } from "../contracts.ts";
import { describeOperation } from "./describe-operation.ts";
import { createSchemaBook } from "./schema-book.ts";

const DESCRIPTION =
  "The AgentOS protocol, served by Gatehouse. Errors are `{detail}`: a sentence, or for 422 a list of the fields at fault.";

const ERROR_SCHEMAS: Record<string, JsonObject> = {
  Error: { type: "object", properties: { detail: { type: "string" } }, required: ["detail"] },
  ValidationError: {
    type: "object",
    properties: {
      detail: {
        anyOf: [
          { type: "string" },
          {
            type: "array",
            items: {
              type: "object",
              properties: {
                type: { type: "string" },
                loc: { type: "array", items: { type: ["string", "integer"] } },
                msg: { type: "string" },
                input: {},
                ctx: { type: "object" },
              },
              required: ["type", "loc", "msg", "input"],
            },
          },
        ],
      },
    },
    required: ["detail"],
  },
};

/** Describes the whole API in OpenAPI 3.1, from the contracts alone. */
export function openApiDocument(): OpenApiDocument {
  const book = createSchemaBook();
  const paths: OpenApiDocument["paths"] = {};
  for (const contract of CONTRACTS) {
    const method = contract.method.toLowerCase() as Lowercase<typeof contract.method>;
    paths[contract.path] = { ...paths[contract.path], [method]: describeOperation(contract, book) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Gatehouse API", version: packageJson.version, description: DESCRIPTION },
    servers: [{ url: "/api" }],
    tags: [...new Set(CONTRACTS.map(({ tag }) => tag))].map((name) => ({ name })),
    security: [{ bearer: [] }, { console: [] }],
    paths,
    components: {
      schemas: Object.fromEntries(
        Object.entries({ ...book.schemas, ...ERROR_SCHEMAS }).sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
        console: { type: "apiKey", in: "cookie", name: "next-auth.session-token" },
      },
    },
  };
}
