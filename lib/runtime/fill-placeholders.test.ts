import { expect, it } from "vitest";
import type { JsonObject } from "#lib/core/json.ts";
import { testAgent } from "#tests/support/run-ports.ts";
import { fillPlaceholders } from "./fill-placeholders.ts";

const filled = (instructions: string, sessionState: JsonObject, subject: string | null = null) =>
  fillPlaceholders(testAgent({ instructions }), { sessionState, subject }).instructions;

it("fills description, role and instructions from the session's state, and names the user", () => {
  const agent = testAgent({
    description: "For {team}",
    role: "{role}",
    instructions: "Greet {user_id} of {team}.",
  });
  const sessionState = { team: "Rowing & $& Co", role: "Coach" };
  expect(fillPlaceholders(agent, { sessionState, subject: "ada" })).toEqual({
    ...agent,
    description: "For Rowing & $& Co",
    role: "Coach",
    instructions: "Greet ada of Rowing & $& Co.",
  });
});

it("fills an agent's own system message, and nothing at all where the agent does not want it", () => {
  const agent = testAgent({ instructions: "{team}", system_message: "For {team}" });
  const known = { sessionState: { team: "Rowing" }, subject: null };
  expect(fillPlaceholders(agent, known)).toMatchObject({ system_message: "For Rowing" });
  const plain = { ...agent, resolve_in_context: false };
  expect(fillPlaceholders(plain, known)).toEqual(plain);
});

it("fills from the session's state, then from what the run is given, then from its labels", () => {
  const agent = testAgent({
    instructions: "{a} {b} {c} {user_id}",
    dependencies: { a: "given", b: "given" },
    metadata: { a: "label", b: "label", c: "label", user_id: "label" },
  });
  const known = { sessionState: { a: "state" }, subject: "ada" };
  expect(fillPlaceholders(agent, known).instructions).toBe("state given label label");
  expect(fillPlaceholders({ ...agent, metadata: {} }, known).instructions).toBe("state given {c} ada");
});

it("writes what is not text as JSON", () => {
  const state = { n: 3, list: [1, "a"], flag: false, nothing: null, deep: { a: 1 } };
  expect(filled("{n} {list} {flag} {nothing} {deep}", state)).toBe('3 [1,"a"] false null {"a":1}');
});

it("leaves unknown names, JSON, code and what every object inherits as they are", () => {
  const text =
    'Use {unknown}, {"key": 1}, { spaced }, {a.b}, {{x}}, {}, {constructor}, {__proto__} and {user_id}.';
  expect(filled(text, { key: "no" })).toBe(text);
});

it("fills once: a value's own braces are text, and a long value is cut", () => {
  expect(filled("{a}", { a: "{b}", b: "no" })).toBe("{b}");
  expect(filled("{a}", { a: "x".repeat(60_000) })).toHaveLength(50_000);
});
