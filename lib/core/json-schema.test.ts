import { expect, test } from "vitest";
import { jsonSchemaSchema } from "./json-schema.ts";

const sentenceFor = (schema: unknown) => jsonSchemaSchema.safeParse(schema).error?.issues[0]?.message;

test("a schema with references into itself is taken as it is", () => {
  const schema = {
    title: "Trip",
    type: "object",
    properties: { stops: { type: "array", items: { $ref: "#/$defs/Stop" } } },
    $defs: { Stop: { type: "object", properties: { name: { type: "string" } }, required: ["name"] } },
  };
  expect(jsonSchemaSchema.parse(schema)).toEqual(schema);
});

test.each([
  [{ type: "array", items: {} }, 'Input should be a JSON schema with "type": "object"'],
  [{ type: "object", properties: { a: { type: "banana" } } }, "Unsupported type: banana"],
  [{ type: "object", properties: { a: { $ref: "#/$defs/A" } } }, "Reference not found: #/$defs/A"],
  [{ type: "object", properties: { a: { $ref: "https://example.com/a" } } }, "External $ref"],
  [{ type: "object", description: "x".repeat(100_001) }, "at most 100,000 characters"],
])("a schema that answers cannot be checked by is refused with the reason (%#)", (schema, sentence) => {
  expect(sentenceFor(schema)).toContain(sentence);
});
