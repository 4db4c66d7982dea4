import { expect, it } from "vitest";
import { inputPreview } from "./input-preview.ts";

it("is one line of a text, and the values of a JSON object", () => {
  expect(inputPreview("What is\n  this?")).toBe("What is this?");
  expect(inputPreview('{"city":"Oslo","days":2,"insured":true,"who":{"name":"Ada"},"tags":["sea"]}')).toBe(
    "Oslo · 2 · Ada · sea",
  );
  expect(inputPreview("{}")).toBe("{}");
  expect(inputPreview("{not json")).toBe("{not json");
  expect(Array.from(inputPreview("a".repeat(500)))).toHaveLength(200);
});

it("is the beginning of a question that is too long to be read for it", () => {
  const text = JSON.stringify({ city: "Oslo", rest: "x".repeat(2_000_000) });
  expect(inputPreview(text)).toMatch(/^{"city":"Oslo","rest":"x{100}/);
});
