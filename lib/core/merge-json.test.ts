import { expect, it } from "vitest";
import { mergeJson } from "./merge-json.ts";

it("merges objects with objects, and replaces lists, values and what is of another kind", () => {
  const base = { a: { x: 1, y: { z: 1 } }, list: [1, 2], was: { a: 1 }, is: 1, kept: true };
  const overlay = { a: { y: { w: 2 }, v: null }, list: [3], was: 2, is: { b: 1 } };
  expect(mergeJson(base, overlay)).toEqual({
    a: { x: 1, y: { z: 1, w: 2 }, v: null },
    list: [3],
    was: 2,
    is: { b: 1 },
    kept: true,
  });
  expect(base).toEqual({ a: { x: 1, y: { z: 1 } }, list: [1, 2], was: { a: 1 }, is: 1, kept: true });
});

it("takes what every object inherits for a key like any other", () => {
  const overlay = JSON.parse('{"__proto__":{"admin":true},"constructor":{"a":1}}') as {
    [key: string]: never;
  };
  const merged = mergeJson({}, overlay);
  expect(Object.keys(merged)).toEqual(["__proto__", "constructor"]);
  expect((merged as { admin?: unknown }).admin).toBeUndefined();
});

it("replaces what is too deep to be merged", () => {
  expect(mergeJson({ a: { b: { c: 1 } } }, { a: { b: { d: 1 } } }, 2)).toEqual({ a: { b: { d: 1 } } });
});
