import fc from "fast-check";
import { expect, it } from "vitest";
import { storableJson, storableText } from "./storable-json.ts";

it("replaces NUL and lone surrogates and keeps whole pairs", () => {
  expect(storableText("a\0b\ud83d c 👋 \ude00")).toBe("a\uFFFDb\uFFFD c 👋 \uFFFD");
});

it("cleans strings and keys at any depth, and returns the same object when nothing is amiss", () => {
  const fine = { a: ["👋", { b: "\\u0000 as text" }] };
  expect(storableJson({ a: ["x\0", { "\ud800": 1 }] }).value).toEqual({ a: ["x\uFFFD", { "\uFFFD": 1 }] });
  expect(storableJson({ a: "ok" as string }).json).toBe('{"a":"ok"}');
  expect(storableJson(fine).value).toEqual(fine);
});

it("never lets a string through that the database would refuse", () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: "binary" }), (text) => {
      const { json } = storableJson(JSON.parse(text));
      expect(JSON.parse(json)).toEqual(storableJson(JSON.parse(json)).value);
      expect(/[^\\]\\u0000/.test(json)).toBe(false);
      expect(storableText(json)).toBe(json);
    }),
  );
});
