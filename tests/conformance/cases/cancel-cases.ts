import assert from "node:assert/strict";
import { caseEvent } from "../app/case-event.ts";
import { watchEnd } from "../app/watch-end.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import type { Sighting } from "../witness/sighting.ts";

const items = (sightings: readonly Sighting[]) =>
  sightings.map(({ data }) => (data as { item: number }).item);

const whileSleeping: ConformanceCase = {
  name: "cancel-on-match-while-sleeping",
  promise: "cancelOn with match ends the sleeping run whose field the event has, and no other.",
  functions: (tools) => [
    tools.inngest.createFunction(
      {
        id: "cancel-sleeping",
        retries: 0,
        triggers: [caseEvent<{ item: number }>("cancel-sleeping")],
        cancelOn: [{ event: "conformance/cancel-sleeping.stop", match: "data.item" }],
      },
      async ({ event, step }) => {
        const { key, item } = event.data;
        await step.run("before", () => tools.witness.saw(key, "before", { item }));
        await step.sleep("nap", "5s");
        await step.run("after", () => tools.witness.saw(key, "after", { item }));
      },
    ),
    watchEnd(tools, "cancel-sleeping", "cancelled"),
  ],
  async run({ send, until, seen, atEnd }) {
    await send("cancel-sleeping", { item: 1 });
    await send("cancel-sleeping", { item: 2 });
    await until("before", 2);
    await send("cancel-sleeping.stop", { item: 1 });
    await until("after");
    await until("cancelled");
    atEnd(() => {
      assert.deepEqual(items(seen("after")), [2]);
      assert.deepEqual(items(seen("cancelled")), [1]);
    });
  },
};

const whileWaiting: ConformanceCase = {
  name: "cancel-on-if-while-waiting",
  promise: "cancelOn with an expression ends the waiting run of which it is true, and no other.",
  functions: (tools) => [
    tools.inngest.createFunction(
      {
        id: "cancel-waiting",
        retries: 0,
        triggers: [caseEvent<{ item: number }>("cancel-waiting")],
        cancelOn: [
          {
            event: "conformance/cancel-waiting.stop",
            if: "async.data.key == event.data.key && async.data.item == event.data.item && async.data.force == true",
          },
        ],
      },
      async ({ event, step }) => {
        const { key, item } = event.data;
        await step.run("before", () => tools.witness.saw(key, "before", { item }));
        await step.waitForEvent("wait", {
          event: caseEvent("cancel-waiting-answer"),
          match: "data.key",
          timeout: "5s",
        });
        await step.run("after", () => tools.witness.saw(key, "after", { item }));
      },
    ),
    watchEnd(tools, "cancel-waiting", "cancelled"),
  ],
  async run({ send, until, seen, atEnd }) {
    for (const item of [1, 2, 3]) await send("cancel-waiting", { item });
    await until("before", 3);
    await send("cancel-waiting.stop", { item: 1, force: true });
    await send("cancel-waiting.stop", { item: 2, force: false });
    await send("cancel-waiting.stop", { item: 3 });
    await until("after", 2);
    await until("cancelled");
    atEnd(() => {
      assert.equal(seen("after").length, 2);
      assert.deepEqual(new Set(items(seen("after"))), new Set([2, 3]));
      assert.deepEqual(items(seen("cancelled")), [1]);
    });
  },
};

const inAStep: ConformanceCase = {
  name: "cancel-in-mid-step",
  promise: "A step that is under way when its run is cancelled comes to its end, and no step follows it.",
  functions: (tools) => [
    tools.inngest.createFunction(
      {
        id: "cancel-in-mid-step",
        retries: 0,
        triggers: [caseEvent("cancel-in-mid-step")],
        cancelOn: [{ event: "conformance/cancel-in-mid-step.stop", match: "data.key" }],
      },
      async ({ event, step }) => {
        const { key } = event.data;
        await step.run("long", async () => {
          await tools.witness.saw(key, "begun");
          await tools.witness.pass(key, "long");
          await tools.witness.saw(key, "ended");
        });
        await step.run("after", () => tools.witness.saw(key, "after"));
      },
    ),
    watchEnd(tools, "cancel-in-mid-step", "cancelled"),
  ],
  async run({ send, until, open, seen, atEnd }) {
    await send("cancel-in-mid-step");
    await until("begun");
    await send("cancel-in-mid-step.stop");
    await until("cancelled");
    open("long");
    await until("ended");
    atEnd(() => assert.deepEqual([seen("begun").length, seen("after").length], [1, 0]));
  },
};

const startTimeout: ConformanceCase = {
  name: "timeouts-start",
  promise: "A run that cannot start within timeouts.start is cancelled and never runs.",
  functions: (tools) => [
    tools.inngest.createFunction(
      {
        id: "timeouts-start",
        retries: 0,
        triggers: [caseEvent<{ item: number }>("timeouts-start")],
        concurrency: { limit: 1, key: "event.data.key" },
        timeouts: { start: "2s" },
      },
      async ({ event, step }) => {
        const { key, item } = event.data;
        await step.run("work", async () => {
          await tools.witness.saw(key, "begun", { item });
          await tools.witness.pass(key, "work");
        });
        await step.run("end", () => tools.witness.saw(key, "end", { item }));
      },
    ),
    watchEnd(tools, "timeouts-start", "cancelled"),
  ],
  async run({ send, until, open, settle, seen, atEnd }) {
    await send("timeouts-start", { item: 1 });
    await until("begun");
    await send("timeouts-start", { item: 2 });
    await settle(4_000);
    open("work");
    await Promise.all([until("end"), until("cancelled")]);
    atEnd(() => {
      for (const label of ["begun", "end"]) assert.deepEqual(items(seen(label)), [1], label);
      assert.deepEqual(items(seen("cancelled")), [2]);
    });
  },
};

const finishTimeout: ConformanceCase = {
  name: "timeouts-finish",
  promise: "A run that is not over within timeouts.finish is cancelled before its next step.",
  functions: (tools) => [
    tools.inngest.createFunction(
      {
        id: "timeouts-finish",
        retries: 0,
        triggers: [caseEvent<{ item: number }>("timeouts-finish")],
        timeouts: { finish: "3s" },
      },
      async ({ event, step }) => {
        const { key, item } = event.data;
        await step.run("before", () => tools.witness.saw(key, "before", { item }));
        if (item === 1) await step.sleep("nap", "6s");
        await step.run("after", () => tools.witness.saw(key, "after", { item }));
      },
    ),
    watchEnd(tools, "timeouts-finish", "cancelled"),
  ],
  async run({ send, until, seen, atEnd }) {
    await send("timeouts-finish", { item: 1 });
    await send("timeouts-finish", { item: 2 });
    await Promise.all([until("before", 2), until("after"), until("cancelled")]);
    atEnd(() => {
      assert.deepEqual(items(seen("after")), [2]);
      assert.deepEqual(items(seen("cancelled")), [1]);
    });
  },
};

/** What ending a run early promises. */
export const CANCEL_CASES: readonly ConformanceCase[] = [
  whileSleeping,
  whileWaiting,
  inAStep,
  startTimeout,
  finishTimeout,
];
