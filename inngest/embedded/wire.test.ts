import { describe, expect, test } from "vitest";
import { readFunctionConfig } from "./function-config.ts";
import { makeEventId } from "./make-event-id.ts";
import { errorText, readAnswer } from "./read-answer.ts";
import { isSignedBy, sign } from "./signature.ts";

const sdk = { "x-inngest-sdk": "js:v4", "x-inngest-req-version": "2" };
const answer = (status: number, body: string, headers: Record<string, string> = sdk) =>
  readAnswer({ status, headers: new Headers(headers), body });

describe("an answer", () => {
  test("is the result, or what the SDK reports", () => {
    expect(answer(200, `{"b":1,"a":2}`)).toEqual({ kind: "done", output: '{"a":2,"b":1}', version: 2 });
    const id = "a".repeat(40);
    expect(answer(206, `[{"id":"${id}","op":"StepRun","data":1}]`)).toMatchObject({
      kind: "operations",
      operations: [{ id, op: "StepRun", data: 1 }],
      version: 2,
    });
  });

  test("is an error with the SDK's word on whether to try again", () => {
    const thrown = `{"name":"TypeError","message":"no","stack":"at x","__serialized":true}`;
    expect(answer(500, thrown, { ...sdk, "retry-after": "3" })).toEqual({
      kind: "error",
      error: '{"message":"no","name":"TypeError","stack":"at x"}',
      isFinal: false,
      retryAfter: "3",
    });
    expect(answer(500, thrown, { ...sdk, "x-inngest-no-retry": "true" })).toMatchObject({ isFinal: true });
    expect(answer(400, thrown)).toMatchObject({ isFinal: true });
  });

  test.each([
    ["a page from a proxy", 200, "<html>"],
    ["nothing", 204, ""],
    ["a gateway's failure", 502, "Bad Gateway"],
  ])("that is not the SDK's is an error to be tried again: %s", (_what, status, body) => {
    expect(answer(status, body, {})).toMatchObject({ kind: "error", isFinal: false });
  });

  test("that reports something else than operations is an error, too", () => {
    expect(answer(206, `[{"id":"x","op":"StepRun"}]`)).toMatchObject({ kind: "error", isFinal: false });
    expect(answer(206, "oops")).toMatchObject({ kind: "error" });
  });

  test("errors of any shape get a name and a message", () => {
    expect(errorText("plain")).toBe('{"message":"plain","name":"Error"}');
    expect(errorText(undefined)).toBe('{"message":"Unknown error","name":"Error"}');
    expect(errorText({ error: "e", cause: { message: "c" } })).toBe(
      '{"cause":{"message":"c"},"message":"e","name":"Error"}',
    );
  });
});

describe("a signature", () => {
  const key = "signkey-test-0123";

  test("is this key's, for this body, at this time", () => {
    const header = sign(key, "{}", 1_700_000_000_123);
    expect(header).toMatch(/^t=1700000000&s=[0-9a-f]{64}$/);
    expect(isSignedBy(key, "{}", header)).toBe(true);
    expect(isSignedBy(key, "{ }", header)).toBe(false);
    expect(isSignedBy("signkey-test-4567", "{}", header)).toBe(false);
    expect(isSignedBy(key, "{}", header.replace("t=17", "t=18"))).toBe(false);
    expect(isSignedBy(key, "{}", null)).toBe(false);
  });
});

describe("an event without an id", () => {
  test("gets the same one when the SDK sends it again", () => {
    expect(makeEventId("1,seed", 0)).toBe(makeEventId("1,seed", 0));
    expect(makeEventId("1,seed", 0)).not.toBe(makeEventId("1,seed", 1));
    expect(makeEventId(null, 0)).not.toBe(makeEventId(null, 0));
  });
});

describe("a function that is registered", () => {
  const entry = {
    id: "app-f",
    triggers: [{ event: "x" }],
    steps: { step: { id: "step", runtime: { url: "http://x" }, retries: { attempts: 2 } } },
  };

  test("has its options in one form", () => {
    expect(
      readFunctionConfig({
        ...entry,
        concurrency: [{ limit: 2, key: "event.data.a" }, { limit: 0 }],
        cancel: [{ event: "stop", if: "event.data.a == async.data.a", timeout: "1h" }],
        timeouts: { start: "10s", finish: "2h" },
        singleton: { mode: "skip" },
      }),
    ).toMatchObject({
      maxAttempts: 3,
      concurrency: [{ limit: 2, key: "event.data.a", scope: "fn" }],
      cancel: [{ event: "stop", timeout: "1h" }],
      startTimeoutMs: 10_000,
      finishTimeoutMs: 7_200_000,
      singleton: { key: null, mode: "skip" },
    });
    expect(readFunctionConfig({ ...entry, steps: {} }).maxAttempts).toBe(5);
    expect(readFunctionConfig({ ...entry, concurrency: 4 }).concurrency).toEqual([
      { limit: 4, key: null, scope: "fn" },
    ]);
  });

  test.each([
    ["an option of tomorrow", { hedging: {} }],
    ["an expression that is none", { triggers: [{ event: "x", expression: "event.data. ==" }] }],
    ["a cron pattern that is none", { triggers: [{ cron: "@every 5m" }] }],
    ["a length that is none", { timeouts: { start: "a while" } }],
    ["a deferred function", { triggers: [{ event: "inngest/deferred.schedule" }] }],
  ])("is refused with a sentence for %s", (_what, more) => {
    expect(() => readFunctionConfig({ ...entry, ...more })).toThrow(
      'The durable function "app-f" cannot be registered: ',
    );
  });
});
