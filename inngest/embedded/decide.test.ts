import { describe, expect, test } from "vitest";
import { decide, type Situation } from "./decide.ts";
import type { Operation } from "./operation.ts";

const id = (place: number) => String(place).padStart(40, "0");
const situation: Situation = {
  attempt: 0,
  maxAttempts: 3,
  nowMs: 1_000_000,
  random: 0,
  knowsFunction: (name) => name === "app-known",
};

function decideOn(operations: Partial<Operation>[], given: Partial<Situation> = {}) {
  const complete = operations.map((operation, place) => ({ id: id(place), op: "StepRun", ...operation }));
  return decide(
    { kind: "operations", operations: complete, version: 2, retryAfter: null },
    { ...situation, ...given },
  );
}

describe("what an answer leads to", () => {
  test("a step that ran is settled, and the run is looked at after it", () => {
    expect(decideOn([{ displayName: "add", data: { b: 1, a: 2 } }])).toEqual({
      kind: "proceed",
      settled: [
        {
          id: id(0),
          name: "add",
          op: "StepRun",
          status: "COMPLETED",
          state: '{"data":{"a":2,"b":1}}',
          race: false,
        },
      ],
      waiting: [],
      again: id(0),
      version: 2,
    });
  });

  test("planned steps wait, each in its own way", () => {
    const decision = decideOn([
      { op: "StepPlanned" },
      { op: "Sleep", name: "1m30s" },
      { op: "Sleep", name: "1970-01-01T01:00:00.000Z" },
      { op: "WaitForEvent", name: "paid", opts: { timeout: "1h", if: "event.data.a == async.data.a" } },
      { op: "WaitForSignal", opts: { signal: "go", timeout: "5s", conflict: "replace" } },
      { op: "InvokeFunction", opts: { function_id: "app-known", payload: { data: { a: 1 } } } },
    ]);
    expect(decision).toMatchObject({ kind: "proceed", settled: [], again: null });
    expect(decision.kind === "proceed" && decision.waiting.map(({ wait }) => wait)).toEqual([
      { kind: "call" },
      { kind: "sleep", untilMs: 1_090_000 },
      { kind: "sleep", untilMs: 3_600_000 },
      { kind: "event", event: "paid", expression: "event.data.a == async.data.a", untilMs: 4_600_000 },
      { kind: "signal", signal: "go", replaces: true, untilMs: 1_005_000 },
      { kind: "invoke", functionId: "app-known", payload: { data: { a: 1 } }, untilMs: null },
    ]);
  });

  test.each([
    ["a function that is not there", { op: "InvokeFunction", opts: { function_id: "app-no", payload: {} } }],
    ["an expression that is none", { op: "WaitForEvent", name: "x", opts: { timeout: "1h", if: "a ==" } }],
    ["a time that is none", { op: "Sleep", name: "soon" }],
    ["an operation that the engine does not have", { op: "AIGateway", opts: {} }],
  ])("waiting for %s fails the step, which the function can catch", (_what, operation) => {
    const decision = decideOn([operation]);
    expect(decision).toMatchObject({ kind: "proceed", settled: [{ status: "FAILED" }], waiting: [] });
  });

  test("a step's error is tried again, and settles as its failure after the last attempt", () => {
    const failing = { op: "StepError", error: { name: "TypeError", message: "no" } };
    expect(decideOn([failing])).toMatchObject({ kind: "retry", delayMs: 15_000, settled: [] });
    expect(decideOn([failing], { attempt: 1 })).toMatchObject({ kind: "retry", delayMs: 30_000 });
    const last = decideOn([failing], { attempt: 2 });
    expect(last).toMatchObject({ kind: "proceed", settled: [{ status: "FAILED" }], again: id(0) });
    expect(last.kind === "proceed" && last.settled[0]?.state).toBe(
      '{"error":{"message":"no","name":"TypeError"}}',
    );
  });

  test("what ran before a function's end, or before an error, is kept", () => {
    const done = decideOn([{ data: 1 }, { op: "RunComplete", data: null }]);
    expect(done).toMatchObject({ kind: "complete", output: "null", settled: [{ status: "COMPLETED" }] });
    const failed = decideOn([{ data: 1 }, { op: "StepError", error: "no" }]);
    expect(failed).toMatchObject({ kind: "retry", settled: [{ status: "COMPLETED" }] });
  });

  test("an answer with nothing in it cannot stop a run silently", () => {
    expect(decideOn([])).toMatchObject({ kind: "retry" });
    expect(decideOn([], { attempt: 2 })).toMatchObject({ kind: "fail" });
  });

  test("a deferred function ends the run with a sentence instead of being forgotten", () => {
    expect(decideOn([{ op: "DeferAdd" }])).toMatchObject({ kind: "fail" });
  });

  test("an error of the function is final when the SDK says so, and after the last attempt", () => {
    const answer = { kind: "error", error: "{}", isFinal: false, retryAfter: "7" } as const;
    expect(decide(answer, situation)).toMatchObject({ kind: "retry", delayMs: 7_000 });
    expect(decide({ ...answer, isFinal: true }, situation)).toMatchObject({ kind: "fail" });
    expect(decide(answer, { ...situation, attempt: 2 })).toMatchObject({ kind: "fail" });
  });
});
