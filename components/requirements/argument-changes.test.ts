import { expect, it } from "vitest";
import { argumentChanges } from "./argument-changes.ts";

it("says which arguments a person has changed, added and left out", () => {
  const changes = argumentChanges(
    { order: "48213", amount: 84, note: "late", json: { a: 1, b: 2 } },
    { order: "48213", amount: 42, json: { b: 2, a: 1 }, notify: true },
  );
  expect(changes.filter(({ changed }) => changed)).toEqual([
    { name: "amount", before: "84", after: "42", changed: true },
    { name: "note", before: "late", after: null, changed: true },
    { name: "notify", before: null, after: "true", changed: true },
  ]);
});
