import { expect, test } from "vitest";
import { compileJsonSchema } from "./compile-json-schema.ts";

test("a pattern that takes for ever is not run, and a property of that name is checked", () => {
  const schema = {
    type: "object",
    properties: { text: { type: "string", pattern: "^(a+)+$" }, pattern: { type: "integer" } },
    patternProperties: { "^(b+)+$": { type: "string" } },
  };
  const check = compileJsonSchema(schema);
  expect(check.safeParse({ text: `${"a".repeat(50)}!`, [`${"b".repeat(50)}!`]: 1 }).success).toBe(true);
  expect(check.safeParse({ pattern: "x" }).success).toBe(false);
  expect(compileJsonSchema(schema)).toBe(check);
});

test("takes a property, a definition and a value by the name of pattern", () => {
  const schema = compileJsonSchema({
    type: "object",
    properties: { pattern: { $ref: "#/$defs/pattern" }, kind: { const: "pattern" } },
    required: ["pattern"],
    $defs: { pattern: { type: "string", pattern: "(a+)+$" } },
  });
  expect(schema.safeParse({ pattern: "anything", kind: "pattern" }).success).toBe(true);
  expect(schema.safeParse({ pattern: 1 }).success).toBe(false);
  expect(schema.safeParse({ kind: "pattern" }).success).toBe(false);
});
