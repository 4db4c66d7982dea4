import { expect, it } from "vitest";
import type { JsonObject } from "#lib/core/json.ts";
import type { RunTurn } from "#lib/core/run-turns.ts";
import { newExecution } from "./new-execution.ts";
import { turnMessages } from "./turn-messages.ts";

/** What the model is told of a call that hooks have prepared and a person has changed. */
function noteOf(askedArgs: JsonObject, preparedArgs: JsonObject, left: JsonObject): string {
  const tool = { ...newExecution("c1", "send", left, 0), confirmed: true, result: "sent" };
  const call = {
    position: 0,
    tool,
    askedArgs,
    preparedArgs,
    startedIndex: 3,
    attempts: 1,
    finishedAtMs: 1,
  };
  const turn: RunTurn = {
    startIndex: 1,
    completedIndex: 2,
    createdAtMs: 0,
    repair: null,
    text: "",
    reasoning: "",
    completed: null,
    calls: [call],
  };
  const told = JSON.stringify(turnMessages(turn, new Map()).at(-1));
  return /changed the arguments before this was done: (.*)\]"/.exec(told)?.[1]?.replaceAll("\\", "") ?? "";
}

it("of arguments that hooks have prepared, the model is told a person's changes alone, at any depth", () => {
  expect(
    noteOf(
      { request: { q: "a", n: 1 } },
      { request: { q: "a", n: 1, token: "vault" } },
      { request: { q: "b", n: 1, token: "vault" } },
    ),
  ).toBe('{"request":{"q":"b","n":1}}');
  expect(noteOf({ list: ["a"] }, { list: ["a", "vault"] }, { list: ["b", "vault"] })).toBe(
    '{"list":"(changed)"}',
  );
  expect(noteOf({ list: ["a"] }, { list: ["a"] }, { list: ["b"] })).toBe('{"list":["b"]}');
});

it("of a change in what hooks alone have put there, the model is told nothing", () => {
  expect(noteOf({ q: "a" }, { q: "a", token: "vault" }, { q: "a", token: "other" })).toBe("");
});
