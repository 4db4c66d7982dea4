import assert from "node:assert/strict";
import { caseEvent } from "../app/case-event.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import type { Sighting } from "../witness/sighting.ts";

type Seen = { tenant: string; item: number };

const seenOf = (sightings: readonly Sighting[]) => sightings.map(({ data }) => data as Seen);
const items = (sightings: readonly Sighting[]) => seenOf(sightings).map(({ item }) => item);

/** The most that were under way at a time, by what was begun and ended when. */
function mostAtOnce(begun: readonly Sighting[], ended: readonly Sighting[]): number {
  const changes = [
    ...begun.map(({ atMs }) => ({ atMs, by: 1 })),
    ...ended.map(({ atMs }) => ({ atMs, by: -1 })),
  ].toSorted((one, other) => one.atMs - other.atMs || one.by - other.by);
  let now = 0;
  return changes.reduce((most, { by }) => {
    now += by;
    return Math.max(most, now);
  }, 0);
}

const concurrencyKey: ConformanceCase = {
  name: "concurrency-with-key",
  promise:
    "Never more steps than the limit are under way for a key; other keys go on, and all runs get their turn.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      {
        id: "concurrency-with-key",
        retries: 0,
        triggers: [caseEvent<Seen>("concurrency-key")],
        concurrency: [{ limit: 2, key: "event.data.key + '-' + event.data.tenant" }],
      },
      async ({ event, step }) => {
        const { key, tenant, item } = event.data;
        for (const part of ["one", "two"]) {
          await step.run(part, async () => {
            await witness.saw(key, `${tenant}-begun`, { tenant, item });
            await witness.pass(key, tenant);
            await new Promise((resolve) => setTimeout(resolve, 30));
            await witness.saw(key, `${tenant}-ended`, { tenant, item });
          });
        }
        await step.run("end", () => witness.saw(key, "end", { tenant, item }));
      },
    ),
  ],
  async run({ send, until, open, seen, settle, atEnd }) {
    for (let item = 0; item < 6; item += 1) await send("concurrency-key", { tenant: "busy", item });
    await until("busy-begun", 2);
    await send("concurrency-key", { tenant: "other", item: 100 });
    await until("other-begun");
    open("other");
    await until("end");
    await settle(1_000);
    assert.equal(seen("busy-begun").length, 2, "no more than the limit are let in");
    open("busy");
    await until("end", 7);
    const most = mostAtOnce(seen("busy-begun"), seen("busy-ended"));
    assert.equal(most, 2, `${most} steps of one key were under way at a time`);
    atEnd(() => {
      assert.deepEqual(
        items(seen("end")).toSorted((a, b) => a - b),
        [0, 1, 2, 3, 4, 5, 100],
      );
      assert.equal(seen("busy-begun").length, 12);
    });
  },
};

const concurrencySleep: ConformanceCase = {
  name: "concurrency-and-sleep",
  promise: "A sleeping run takes nobody's place: the limit counts what is under way.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      {
        id: "concurrency-and-sleep",
        retries: 0,
        triggers: [caseEvent<Seen>("concurrency-sleep")],
        concurrency: { limit: 1, key: "event.data.key" },
      },
      async ({ event, step }) => {
        const { key, item } = event.data;
        await step.run("before", () => witness.saw(key, "before", { item }));
        await step.sleep("nap", "8s");
        await step.run("after", () => witness.saw(key, "after", { item }));
      },
    ),
  ],
  async run({ send, until, seen }) {
    for (let item = 0; item < 3; item += 1) await send("concurrency-sleep", { item });
    await until("before", 3);
    assert.equal(seen("after").length, 0, "the second began while the first slept");
    await until("after", 3);
  },
};

const singletonSkip: ConformanceCase = {
  name: "singleton-skip",
  promise: "While a run with the key goes on, further ones are skipped; after its end the next one runs.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      {
        id: "singleton-skip",
        retries: 0,
        triggers: [caseEvent<Seen>("singleton-skip")],
        singleton: { key: "event.data.key + '-' + event.data.tenant", mode: "skip" },
      },
      async ({ event, step }) => {
        const { key, tenant, item } = event.data;
        await step.run("begin", () => witness.saw(key, "begun", { tenant, item }));
        await step.sleep("nap", "1s");
        await step.run("hold", () => witness.pass(key, tenant));
        await step.run("end", () => witness.saw(key, "end", { tenant, item }));
      },
    ),
  ],
  async run({ send, until, open, seen, settle, atEnd }) {
    await send("singleton-skip", { tenant: "one", item: 1 });
    await until("begun");
    await send("singleton-skip", { tenant: "one", item: 2 });
    await send("singleton-skip", { tenant: "two", item: 10 });
    await until("begun", 2);
    await settle(1_500);
    await send("singleton-skip", { tenant: "one", item: 3 });
    open("two");
    await until("end");
    open("one");
    await until("end", 2);
    for (let round = 0; round < 40 && seen("begun").length < 3; round += 1) {
      await send("singleton-skip", { tenant: "one", item: 4 });
      await settle(500);
    }
    await until("end", 3);
    atEnd(() => {
      const numbers = items(seen("begun"));
      assert.ok(!numbers.includes(2) && !numbers.includes(3), "a run was skipped and ran all the same");
      assert.ok(numbers.includes(1) && numbers.includes(4) && numbers.includes(10));
    });
  },
};

const singletonCancel: ConformanceCase = {
  name: "singleton-cancel",
  promise: "A new run with the key cancels the one that goes on and takes its place.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      {
        id: "singleton-cancel",
        retries: 0,
        triggers: [caseEvent<Seen>("singleton-cancel")],
        singleton: { key: "event.data.key", mode: "cancel" },
      },
      async ({ event, step }) => {
        const { key, item } = event.data;
        await step.run("begin", () => witness.saw(key, "begun", { item }));
        await step.sleep("nap", item === 3 ? "1s" : "6s");
        await step.run("end", () => witness.saw(key, "end", { item }));
      },
    ),
  ],
  async run({ send, until, seen, atEnd }) {
    for (const item of [1, 2, 3]) {
      await send("singleton-cancel", { item });
      await until("begun", item);
    }
    await until("end");
    atEnd(() => {
      assert.deepEqual(items(seen("begun")), [1, 2, 3]);
      assert.deepEqual(items(seen("end")), [3]);
    });
  },
};

const idempotency: ConformanceCase = {
  name: "idempotency-key",
  promise: "Of several events with the same idempotency key one starts a run.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      {
        id: "idempotency-key",
        retries: 0,
        triggers: [caseEvent<Seen>("idempotency")],
        idempotency: "event.data.key + '-' + event.data.tenant",
      },
      async ({ event, step }) => {
        const { key, tenant, item } = event.data;
        await step.run("run", () => witness.saw(key, "ran", { tenant, item }));
      },
    ),
  ],
  async run({ send, until, seen, atEnd }) {
    await Promise.all([1, 2, 3].map((item) => send("idempotency", { tenant: "one", item })));
    await until("ran");
    await send("idempotency", { tenant: "one", item: 4 });
    await send("idempotency", { tenant: "two", item: 5 });
    await until("ran", 2);
    atEnd(() => {
      const tenants = seenOf(seen("ran")).map(({ tenant }) => tenant);
      assert.deepEqual(tenants, ["one", "two"]);
    });
  },
};

const longSteps: ConformanceCase = {
  name: "long-steps-hold-up-nobody",
  promise: "Many long steps of one function do not keep another function from running.",
  alone: true,
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "long-steps", retries: 0, triggers: [caseEvent<{ item: number }>("long-steps")] },
      async ({ event, step }) => {
        const { key, item } = event.data;
        await step.run("long", async () => {
          await witness.saw(key, "begun", { item });
          await witness.pass(key, "long");
        });
        await step.run("end", () => witness.saw(key, "end", { item }));
      },
    ),
    inngest.createFunction(
      { id: "long-steps-other", retries: 0, triggers: [caseEvent("long-steps-other")] },
      async ({ event, step }) => {
        await step.run("run", () => witness.saw(event.data.key, "other"));
      },
    ),
  ],
  async run({ send, until, open, seen, settle, atEnd }) {
    const count = 60;
    await Promise.all(Array.from({ length: count }, (_, item) => send("long-steps", { item })));
    await until("begun", 10);
    await settle(1_000);
    await send("long-steps-other");
    await until("other", 1, 30_000);
    open("long");
    await until("end", count);
    atEnd(() => assert.deepEqual([seen("begun").length, seen("end").length], [count, count]));
  },
};

/** What flow control promises. */
export const FLOW_CASES: readonly ConformanceCase[] = [
  concurrencySleep,
  concurrencyKey,
  singletonSkip,
  singletonCancel,
  idempotency,
  longSteps,
];
