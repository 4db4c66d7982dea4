import { expect, test } from "vitest";
import { readAnswer } from "./read-answer.ts";

const CITY = {
  type: "object",
  properties: { name: { type: "string" }, people: { type: "integer" } },
  required: ["name"],
};

test.each([
  '{"name":"Oslo"}',
  '```json\n{"name":"Oslo"}\n```',
  'Here it is:\n```\n{"name": "Oslo"}\n```\nEnjoy.',
  'Sure: {"name":"Oslo"}. Anything else?',
])("an answer's JSON is found alone, in a fence and between words (%#)", (text) => {
  expect(readAnswer(CITY, text)).toEqual({ value: { name: "Oslo" }, problem: null });
});

test("what is wrong with an answer is said with the place", () => {
  expect(readAnswer(CITY, '{"name":"Oslo","people":"many"}').problem).toContain("people: ");
  expect(readAnswer(CITY, "Oslo").problem).toBe("It is not JSON.");
});

test("characters that no database keeps do not get into a value", () => {
  expect(readAnswer(CITY, '{"name":"Os\\u0000lo"}')).toMatchObject({ value: { name: "Os�lo" } });
});
