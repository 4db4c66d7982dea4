import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonObject } from "#lib/core/json.ts";
import { evaluateExpression } from "./expression.ts";
import { matchKeyOf, matchKeysOf } from "./match-keys.ts";

const scalar = fc.oneof(
  fc.constantFrom("a", "b", "", 1, 1.5, 0, true, false, null),
  fc.string({ maxLength: 300 }),
);
const event = fc
  .record({ a: scalar, b: scalar, deep: fc.record({ a: scalar }) }, { requiredKeys: [] })
  .map((data): JsonObject => ({ name: "x", data }));
const equality = fc.constantFrom(
  "event.data.a == async.data.a",
  "async.data.b == event.data.a",
  "event.data.deep.a == async.data.deep.a",
  `async.data.a == "a"`,
  "1 == async.data.a",
  "async.data.a == async.data.b",
  "event.data.a == event.data.b",
);
const expression = fc.oneof(
  equality,
  fc.tuple(equality, equality).map(([one, other]) => `${one} && ${other}`),
  fc.tuple(equality, equality).map(([one, other]) => `${one} || ${other}`),
  equality.map((one) => `!(${one})`),
);

test("the index never hides a wait that an event ends", () => {
  fc.assert(
    fc.property(expression, event, event, (text, start, come) => {
      const matches = evaluateExpression(text, { event: start, async: come }) === true;
      const key = matchKeyOf(text, start);
      const keys = matchKeysOf(come);
      expect(matches && key !== null && keys?.includes(key) === false).toBe(false);
    }),
    { numRuns: 1_000 },
  );
});

test("an equality with what is known is found by index; anything else is tried", () => {
  const start = { data: { id: "7", n: 2 } };
  expect(matchKeyOf("event.data.id == async.data.id", start)).toBe('data.id="7"');
  expect(matchKeyOf(`async.data.approvalId == "apr-1" && async.data.n > 3`, start)).toBe(
    'data.approvalId="apr-1"',
  );
  expect(matchKeyOf("async.data.n > 3", start)).toBeNull();
  expect(matchKeyOf("async.data.a == async.data.b", start)).toBeNull();
  expect(matchKeyOf("event.data.missing == async.data.id", start)).toBeNull();
  expect(matchKeyOf(null, start)).toBeNull();
  expect(matchKeysOf({ data: { id: "7", list: [1], deep: { n: 2 } } })).toEqual([
    'data.id="7"',
    "data.deep.n=2",
  ]);
  const wide = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`k${n}`, n]));
  expect(matchKeysOf({ data: wide })).toBeNull();
});

test("a missing attribute matches nothing; whole numbers are integers", () => {
  const context = { event: { data: { n: 5, x: "a" } } };
  expect(evaluateExpression("event.data.n + 1 == 6", context)).toBe(true);
  expect(evaluateExpression("event.data.n == 5.0", context)).toBe(true);
  expect(evaluateExpression("event.data.missing == 1", context)).toBeUndefined();
  expect(evaluateExpression(`event.data.missing == 1 || event.data.x == "a"`, context)).toBe(true);
  expect(evaluateExpression(`event.data.x + "-b"`, context)).toBe("a-b");
  expect(() => evaluateExpression("event.data.", context)).toThrow();
});
