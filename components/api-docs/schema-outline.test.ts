import { expect, test } from "vitest";
import { schemaOutline, typeOf } from "./schema-outline.ts";

test("a schema reads as its properties, nested ones under their parent, named ones by name", () => {
  const lines = schemaOutline({
    type: "object",
    required: ["name"],
    properties: {
      name: { type: "string", minLength: 1, maxLength: 120 },
      model: { type: "object", required: ["id"], properties: { id: { type: "string" } } },
      tools: { type: "array", items: { $ref: "#/components/schemas/Tool" } },
      order: { enum: ["asc", "desc"], default: "desc" },
    },
  });
  expect(
    lines.map(({ depth, name, required, type, reference }) => [depth, name, required, type, reference]),
  ).toEqual([
    [0, "name", true, "string", null],
    [0, "model", false, "object", null],
    [1, "id", true, "string", null],
    [0, "tools", false, "list of Tool", "Tool"],
    [0, "order", false, '"asc" | "desc"', null],
  ]);
  expect(lines.map(({ note }) => note)).toEqual([
    "1 or more characters, up to 120 characters",
    "",
    "",
    "",
    'default "desc"',
  ]);
});

test("a page's items are shown, and what may be null says so", () => {
  expect(
    schemaOutline({ type: "array", items: { properties: { id: { type: ["string", "null"] } } } }),
  ).toEqual([{ depth: 0, name: "id", required: false, type: "string | null", note: "", reference: null }]);
  expect(typeOf({ anyOf: [{ $ref: "#/components/schemas/Run" }, { type: "null" }] })).toBe("Run | null");
});
