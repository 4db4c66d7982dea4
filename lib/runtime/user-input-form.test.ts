import { expect, it } from "vitest";
import { z } from "zod";
import type { Tool } from "#lib/core/tool.ts";
import { inputValue } from "./input-value.ts";
import { declareTool } from "./tool-declaration.ts";
import { toolFingerprint } from "./tool-fingerprint.ts";
import { userInputForm } from "./user-input-form.ts";

const BOOK: Tool = {
  name: "book",
  title: "Book",
  description: "Books a room.",
  effect: "write",
  input: z.object({
    city: z.string().describe("Where."),
    nights: z.number().int(),
    rate: z.number().optional(),
    breakfast: z.boolean().nullable(),
    guests: z.array(z.string()),
    extras: z.record(z.string(), z.string()).default({}),
    kind: z.enum(["single", "double"]),
  }),
  execute: () => Promise.resolve("booked"),
};

it("a form has every argument with its type, and what the model has given", () => {
  expect(userInputForm(BOOK, { city: "Oslo", guests: ["Ann"] })).toEqual([
    { name: "city", field_type: "str", description: "Where.", value: "Oslo" },
    { name: "nights", field_type: "int", description: null, value: null },
    { name: "rate", field_type: "float", description: null, value: null },
    { name: "breakfast", field_type: "bool", description: null, value: null },
    { name: "guests", field_type: "list", description: null, value: ["Ann"] },
    { name: "extras", field_type: "dict", description: null, value: null },
    { name: "kind", field_type: "str", description: null, value: null },
  ]);
});

it("the model is not told of what a person fills in; the tool is the same to whoever decides", () => {
  const some: Tool = { ...BOOK, hold: { kind: "user_input", fields: ["city", "nights"] } };
  const all: Tool = { ...BOOK, hold: { kind: "user_input", fields: [] } };
  expect(Object.keys(declareTool(some).function.inputSchema.properties ?? {})).not.toContain("city");
  expect(declareTool(some).function.inputSchema.required).not.toContain("nights");
  expect(declareTool(some).function.inputSchema.required).toContain("guests");
  expect(declareTool(all).function.inputSchema.properties).toEqual({});
  expect(toolFingerprint(some)).toBe(toolFingerprint(BOOK));
  expect(toolFingerprint({ ...BOOK, version: "2" })).not.toBe(toolFingerprint(BOOK));
  expect(toolFingerprint({ ...BOOK, effect: "read" })).not.toBe(toolFingerprint(BOOK));
});

it.each([
  ["3", "int", 3],
  ["2.5", "float", 2.5],
  ["many", "int", "many"],
  ["", "int", null],
  ["true", "bool", true],
  ["maybe", "bool", "maybe"],
  ['["a"]', "list", ["a"]],
  ["{", "dict", "{"],
  ["12", "str", "12"],
  ["", "str", ""],
  [7, "int", 7],
] as const)("what is typed as %j into a field of type %s is %j", (typed, type, value) => {
  expect(inputValue(typed, type)).toEqual(value);
});
