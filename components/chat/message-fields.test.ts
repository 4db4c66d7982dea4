import { describe, expect, it } from "vitest";
import type { JsonObject } from "#lib/core/json.ts";
import { messageFields } from "./message-fields.ts";
import { fieldAt, readMessageFields } from "./read-message-fields.ts";

const TRIP: JsonObject = {
  type: "object",
  $defs: { Pace: { type: "string", enum: ["slow", "fast"], title: "Pace" } },
  properties: {
    city: { type: "string", title: "Where to", description: "A city." },
    days: { type: "integer", default: 3, minimum: 1 },
    budget: { anyOf: [{ type: "number" }, { type: "null" }], default: null },
    pace: { $ref: "#/$defs/Pace" },
    with_children: { type: "boolean" },
    insured: { type: "boolean", default: true },
    start: { type: "string", format: "date" },
    tags: { type: "array", items: { type: "string" } },
    traveller: {
      type: "object",
      title: "Traveller",
      properties: { name: { type: "string", maxLength: 40 }, age: { type: ["integer", "null"] } },
      required: ["name"],
    },
    extra: { type: "array", items: { type: "object" } },
  },
  required: ["city", "pace", "insured", "traveller"],
};

describe("the form of a message", () => {
  it("has a field for each of the schema's, what has to be there first, with the control that fits", () => {
    expect(
      messageFields(TRIP).map(({ path, control, required }) => [path.join("."), control, required]),
    ).toEqual([
      ["city", "text", true],
      ["pace", "choice", true],
      ["insured", "switch", true],
      ["traveller.name", "line", true],
      ["traveller.age", "integer", false],
      ["days", "integer", false],
      ["budget", "number", false],
      ["with_children", "choice", false],
      ["start", "date", false],
      ["tags", "lines", false],
      ["extra", "json", false],
    ]);
  });

  it("names them as the schema does, or by their keys as words, and begins with its defaults", () => {
    const fields = messageFields(TRIP);
    expect(fields.map(({ label }) => label).slice(0, 5)).toEqual([
      "Where to",
      "Pace",
      "Insured",
      "Name",
      "Age",
    ]);
    expect(
      fields.filter(({ initial }) => initial !== "").map(({ path, initial }) => [path[0], initial]),
    ).toEqual([
      ["insured", "true"],
      ["days", "3"],
    ]);
    expect(fields.filter(({ group }) => group === "Traveller")).toHaveLength(2);
  });
});

describe("what was filled in", () => {
  const fields = messageFields(TRIP);
  const texts = (typed: Record<string, string>) => fields.map(({ path }) => typed[path.join(".")] ?? "");

  it("becomes the object, without what was left empty", () => {
    const typed = {
      city: "Oslo",
      days: "2",
      pace: '"slow"',
      insured: "false",
      start: "2026-12-24",
      tags: "sea\n\n cold ",
      "traveller.name": "Ada",
      extra: '[{"a":1}]',
    };
    expect(readMessageFields(TRIP, fields, texts(typed))).toEqual({
      values: {
        city: "Oslo",
        days: 2,
        pace: "slow",
        insured: false,
        start: "2026-12-24",
        tags: ["sea", "cold"],
        traveller: { name: "Ada" },
        extra: [{ a: 1 }],
      },
      problems: [],
    });
  });

  it("is refused at its fields", () => {
    const typed = { days: "2.5", insured: "true", pace: '"slow"', "traveller.name": "Ada", extra: "[" };
    const at = (name: string) => fields.findIndex(({ path }) => path.join(".") === name);
    expect(readMessageFields(TRIP, fields, texts(typed)).problems).toEqual([
      { at: at("city"), message: "Fill this in." },
      { at: at("days"), message: "Enter a whole number." },
      { at: at("extra"), message: "This is not valid JSON." },
    ]);
    const low = { city: "Oslo", days: "0", insured: "true", pace: '"slow"', "traveller.name": "Ada" };
    expect(readMessageFields(TRIP, fields, texts(low)).problems).toMatchObject([{ at: at("days") }]);
  });

  it("a path of the server's leads to its field, and to the first one of what is missing as a whole", () => {
    expect(fieldAt(fields, ["traveller", "age"])).toBe(4);
    expect(fieldAt(fields, ["traveller"])).toBe(3);
    expect(fieldAt(fields, ["tags", 1])).toBe(9);
    expect(fieldAt(fields, ["nobody"])).toBe(-1);
  });
});
