import { expect, test } from "vitest";
import { matchWords } from "./match-words.ts";

test.each([
  ["a word of the text", "Europe/Berlin", "berlin", 1],
  ["the beginning of one", "America/New_York", "yo", 1],
  ["words in any order", "America/New York", "york america", 1],
  ["the inside of a word, which counts less", "vendor-large-2", "large", 0.5],
  ["letters without their marks", "America/Asunción", "asuncion", 1],
  ["nothing, which fits everything", "Europe/Berlin", "  ", 1],
])("finds %s", (_, text, typed, score) => {
  expect(matchWords(text, typed)).toBe(score);
});

test.each([
  ["letters that are strewn over it", "Atlantic/Bermuda Atlantic", "berlin"],
  ["one word of two", "Europe/Berlin", "berlin winter"],
])("does not find %s", (_, text, typed) => {
  expect(matchWords(text, typed)).toBe(0);
});
