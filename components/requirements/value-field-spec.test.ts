import { describe, expect, it } from "vitest";
import { readValue, valueText } from "./read-value.ts";
import { argumentFields, inputFields } from "./value-field-spec.ts";

describe("fields of a tool's arguments", () => {
  const schema = {
    type: "object",
    properties: {
      url: { type: "string", description: "Where to" },
      method: { type: "string", enum: ["POST", "PUT"] },
      amount: { type: ["integer", "null"] },
      json: { type: "object" },
    },
    required: ["url"],
  };

  it("take their kind from the schema, and from the value where there is none", () => {
    const fields = argumentFields(schema, { url: "https://example.com", extra: true });
    expect(fields.map(({ name, control }) => [name, control])).toEqual([
      ["url", "line"],
      ["method", "choice"],
      ["amount", "integer"],
      ["json", "json"],
      ["extra", "boolean"],
    ]);
    expect(fields[0]).toMatchObject({ required: true, description: "Where to" });
    expect(argumentFields(null, { text: "a\nb" })[0]?.control).toBe("text");
  });

  it("take it from the wire's type names in a form", () => {
    const field = { name: "n", field_type: "float", description: null, value: 2 } as const;
    expect(inputFields([field])[0]).toMatchObject({ control: "number", value: 2 });
  });
});

describe("what was typed", () => {
  it.each([
    ["integer", "42", 42],
    ["number", "0.5", 0.5],
    ["boolean", "false", false],
    ["json", '{"a":1}', { a: 1 }],
    ["line", " as is ", " as is "],
    ["integer", "", undefined],
  ] as const)("%s %j is read", (control, text, value) => {
    expect(readValue({ control, required: false }, text)).toEqual({ value, problem: null });
  });

  it.each([
    ["integer", "4.5", "Enter a whole number."],
    ["number", "much", "Enter a number."],
    ["json", "{", "This is not valid JSON."],
    ["number", "", "Fill this in."],
  ] as const)("%s %j is refused", (control, text, problem) => {
    expect(readValue({ control, required: true }, text)).toEqual({ problem });
  });

  it("shows a value as it is typed", () => {
    expect(valueText("x")).toBe("x");
    expect(valueText(undefined)).toBe("");
    expect(valueText({ a: 1 })).toBe('{\n  "a": 1\n}');
  });
});
