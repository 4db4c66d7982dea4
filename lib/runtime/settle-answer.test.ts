import { expect, test } from "vitest";
import { settleAnswer } from "./settle-answer.ts";

const CITY = {
  title: "City",
  type: "object",
  properties: { name: { type: "string" } },
  required: ["name"],
  additionalProperties: false,
};

test("an answer without a schema is its text", () => {
  expect(settleAnswer(undefined, "{}", false)).toMatchObject({
    answer: { content: "{}", contentType: "str" },
  });
});

test("an answer that fits is named after its schema, or dict", () => {
  const text = '```json\n{ "name": "Oslo" }\n```';
  expect(settleAnswer(CITY, text, false)).toEqual({
    answer: { content: '{"name":"Oslo"}', contentType: "City" },
    repair: null,
  });
  const { title: _, ...untitled } = CITY;
  expect(settleAnswer(untitled, text, false)).toMatchObject({ answer: { contentType: "dict" } });
});

test("a misfit is put to the model once, then kept as text with a warning", () => {
  expect(settleAnswer(CITY, "Oslo", false)).toEqual({ repair: expect.stringContaining("It is not JSON.") });
  expect(settleAnswer(CITY, "Oslo", true)).toEqual({
    answer: {
      content: "Oslo",
      contentType: "str",
      warning: "The answer was kept as text. It is not JSON.",
    },
    repair: null,
  });
});
