import { expect, test } from "vitest";
import { checkJson } from "./check-json.ts";

test("a schema that comes back to itself without end fits nothing, and ends", () => {
  const schema = {
    type: "object",
    properties: { a: { $ref: "#/$defs/Loop" } },
    $defs: { Loop: { type: "object", allOf: [{ $ref: "#/$defs/Loop" }] } },
  };
  expect(checkJson(schema, { a: {} }).issues?.[0]?.message).toBe("The schema refers to itself without end");
  expect(checkJson(schema, {}).issues).toBeNull();
});

test("a schema of a tree checks every depth of it", () => {
  const tree = {
    type: "object",
    properties: { name: { type: "string" }, children: { type: "array", items: { $ref: "#" } } },
    required: ["name"],
  };
  expect(checkJson(tree, { name: "a", children: [{ name: "b" }] }).issues).toBeNull();
  expect(checkJson(tree, { name: "a", children: [{ children: [] }] }).issues?.[0]?.path).toEqual([
    "children",
    0,
    "name",
  ]);
});
