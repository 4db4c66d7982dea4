import assert from "node:assert/strict";
import { caseEvent } from "../app/case-event.ts";
import type { ConformanceCase, Stage } from "../conformance-case.ts";

/**
 * Sends again and again until the function says `label`: nobody outside an engine can know when a wait has begun,
 * and an event before it does not count.
 */
async function sendUntil(
  stage: Stage,
  label: string,
  send: (round: number) => Promise<unknown>,
): Promise<void> {
  for (let round = 0; round < 200 && stage.seen(label).length === 0; round += 1) {
    await send(round);
    await stage.settle(300);
  }
  await stage.until(label);
}

const byMatch: ConformanceCase = {
  name: "wait-for-event-match",
  promise:
    "A wait with match ends with the event whose field is the same as the trigger's, and with no other.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      {
        id: "wait-for-event-match",
        retries: 0,
        triggers: [caseEvent<{ item: { id: string } }>("wait-match")],
      },
      async ({ event, step }) => {
        const { key } = event.data;
        const answer = await step.waitForEvent("wait", {
          event: caseEvent<{ item: { id: string }; note: string }>("wait-match-answer"),
          match: "data.item.id",
          timeout: "3m",
        });
        await step.run("end", () =>
          witness.saw(key, "end", { name: answer?.name, note: answer?.data.note, id: answer?.id }),
        );
      },
    ),
  ],
  async run(stage) {
    const { key, send, seen, atEnd } = stage;
    await send("wait-match", { item: { id: key } });
    const ids: string[] = [];
    await sendUntil(stage, "end", async () => {
      await send("wait-match-answer", { item: { id: "another" }, note: "not mine" });
      await send("wait-match-answer", { note: "has no item" });
      ids.push(await send("wait-match-answer", { item: { id: key }, note: "mine" }));
    });
    const [end] = await stage.until("end");
    const { id, ...rest } = end.data as { id: string };
    assert.deepEqual(rest, { name: "conformance/wait-match-answer", note: "mine" });
    assert.ok(ids.includes(id), "the wait's result has the id of the event");
    atEnd(() => assert.equal(seen("end").length, 1));
  },
};

const byIf: ConformanceCase = {
  name: "wait-for-event-if",
  promise: "A wait with an expression ends when it is true of the trigger (event) and the new event (async).",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "wait-for-event-if", retries: 0, triggers: [caseEvent<{ least: number }>("wait-if")] },
      async ({ event, step }) => {
        const { key } = event.data;
        const answer = await step.waitForEvent("wait", {
          event: caseEvent<{ amount: number; kind: string }>("wait-if-answer"),
          if: "async.data.key == event.data.key && async.data.amount >= event.data.least && async.data.kind != 'gift'",
          timeout: "3m",
        });
        await step.run("end", () => witness.saw(key, "end", answer?.data));
      },
    ),
  ],
  async run(stage) {
    const { key, send, seen, atEnd } = stage;
    await send("wait-if", { least: 100 });
    await sendUntil(stage, "end", async () => {
      await send("wait-if-answer", { amount: 99, kind: "sale" });
      await send("wait-if-answer", { amount: 500, kind: "gift" });
      await send("wait-if-answer", { kind: "sale" });
      await send("wait-if-answer", { amount: 100, kind: "sale" });
    });
    assert.deepEqual(seen("end")[0]?.data, { amount: 100, kind: "sale", key });
    atEnd(() => assert.equal(seen("end").length, 1));
  },
};

const timesOut: ConformanceCase = {
  name: "wait-for-event-timeout",
  promise: "A wait that nothing ends gives null when its time is over, not sooner.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "wait-for-event-timeout", retries: 0, triggers: [caseEvent("wait-timeout")] },
      async ({ event, step }) => {
        const { key } = event.data;
        await step.run("before", () => witness.saw(key, "before"));
        const answer = await step.waitForEvent("wait", {
          event: caseEvent("wait-timeout-answer"),
          match: "data.key",
          timeout: "2s",
        });
        await step.run("end", () => witness.saw(key, "end", answer));
      },
    ),
  ],
  async run({ send, until, seen, atEnd }) {
    await send("wait-timeout");
    const [end] = await until("end");
    assert.equal(end.data, null);
    assert.ok(end.atMs - Number(seen("before")[0]?.atMs) >= 1_900, "gave up too early");
    await send("wait-timeout-answer");
    atEnd(() => assert.equal(seen("end").length, 1));
  },
};

const earlierEvent: ConformanceCase = {
  name: "event-before-the-wait",
  promise: "An event that was sent before the wait began does not end it.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "event-before-the-wait", retries: 0, triggers: [caseEvent("early")] },
      async ({ event, step }) => {
        const { key } = event.data;
        await step.run("hold", async () => {
          await witness.saw(key, "held");
          await witness.pass(key, "wait");
        });
        const answer = await step.waitForEvent("wait", {
          event: caseEvent("early-answer"),
          match: "data.key",
          timeout: "3s",
        });
        await step.run("end", () => witness.saw(key, "end", answer === null ? "timed out" : "answered"));
      },
    ),
  ],
  async run({ send, until, open, settle }) {
    await send("early-answer");
    await send("early");
    await until("held");
    await send("early-answer");
    await settle(500);
    open("wait");
    const [end] = await until("end");
    assert.equal(end.data, "timed out");
  },
};

const severalWaits: ConformanceCase = {
  name: "one-event-several-waits",
  promise: "One event ends the waits of all functions that it matches, each once.",
  functions: ({ inngest, witness }) =>
    ["first", "second"].map((name) =>
      inngest.createFunction(
        { id: `one-event-several-waits-${name}`, retries: 0, triggers: [caseEvent("several-waits")] },
        async ({ event, step }) => {
          const { key } = event.data;
          const answer = await step.waitForEvent("wait", {
            event: caseEvent<{ round: number }>("several-waits-answer"),
            match: "data.key",
            timeout: "3m",
          });
          await step.run("end", () => witness.saw(key, name, answer?.data.round));
        },
      ),
    ),
  async run(stage) {
    const { send, seen, atEnd } = stage;
    await send("several-waits");
    const send2 = (round: number) => send("several-waits-answer", { round });
    await sendUntil(stage, "first", send2);
    await sendUntil(stage, "second", send2);
    atEnd(() => assert.deepEqual([seen("first").length, seen("second").length], [1, 1]));
  },
};

const signal: ConformanceCase = {
  name: "wait-for-signal",
  promise: "A signal ends the one wait that has its name, once, and says which run that was.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "wait-for-signal", retries: 0, triggers: [caseEvent<{ timeout: string }>("wait-signal")] },
      async ({ event, step, runId }) => {
        const { key, timeout } = event.data;
        const answer = await step.waitForSignal("wait", {
          signal: `${key}-${timeout}`,
          timeout,
          onConflict: "fail",
        });
        await step.run("end", () => witness.saw(key, timeout, { data: answer?.data ?? null, runId }));
      },
    ),
  ],
  async run(stage) {
    const { key, inngest, send, until, seen, atEnd } = stage;
    await send("wait-signal", { timeout: "2s" });
    await send("wait-signal", { timeout: "3m" });
    const woken: string[] = [];
    await sendUntil(stage, "3m", async () => {
      const { runId } = (await inngest.sendSignal({ signal: `${key}-3m`, data: { n: 5 } })) ?? {};
      if (runId !== undefined) woken.push(runId);
    });
    const [end] = await until("3m");
    const [late] = await until("2s");
    const { data, runId } = end.data as { data: unknown; runId: string };
    assert.deepEqual(data, { n: 5 });
    assert.deepEqual(woken, [runId]);
    assert.equal((late.data as { data: unknown }).data, null, "nobody sent the other signal");
    atEnd(() => assert.deepEqual([seen("3m").length, seen("2s").length], [1, 1]));
  },
};

/** What waiting for an event or a signal promises. */
export const WAIT_CASES: readonly ConformanceCase[] = [
  byMatch,
  byIf,
  timesOut,
  earlierEvent,
  severalWaits,
  signal,
];
