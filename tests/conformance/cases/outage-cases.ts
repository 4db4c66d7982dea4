import assert from "node:assert/strict";
import { invoke, staticSchema } from "inngest";
import { caseEvent } from "../app/case-event.ts";
import { watchEnd } from "../app/watch-end.ts";
import type { ConformanceCase, FunctionTools, Stage } from "../conformance-case.ts";

/** A function of three steps; the second waits at a gate. */
function gatedFunction({ inngest, witness }: FunctionTools, id: string, retries: 0 | 3) {
  return inngest.createFunction({ id, retries, triggers: [caseEvent(id)] }, async ({ event, step }) => {
    const { key } = event.data;
    await step.run("first", () => witness.saw(key, "first"));
    await step.run("second", async () => {
      await witness.saw(key, "second");
      await witness.pass(key, "second");
    });
    await step.run("third", () => witness.saw(key, "third"));
    await step.run("end", () => witness.saw(key, "end"));
  });
}

function expectCounts({ seen }: Stage, expected: Record<string, number>): void {
  for (const [label, count] of Object.entries(expected)) assert.equal(seen(label).length, count, label);
}

const staleDispatch: ConformanceCase = {
  name: "stale-call-is-halted",
  promise:
    "A call that outlives its engine may not go on: its checkpoint is refused, and the next step runs once.",
  needs: "kill",
  alone: true,
  functions: (tools) => [gatedFunction(tools, "stale-call", 0)],
  async run(stage) {
    const { engine, app, send, until, open, atEnd } = stage;
    await send("stale-call");
    await until("second");
    await engine.own?.kill();
    await engine.start(app.url);
    await until("second", 2);
    open("second");
    await until("end");
    atEnd(() => expectCounts(stage, { first: 1, second: 2, third: 1, end: 1 }));
  },
};

const appDies: ConformanceCase = {
  name: "app-killed-in-mid-step",
  promise:
    "When the app dies in a step the run goes on after it is back, and finished steps are not run again.",
  alone: true,
  functions: (tools) => [gatedFunction(tools, "app-killed", 3)],
  async run(stage) {
    const { app, send, until, open, atEnd } = stage;
    await send("app-killed");
    await until("second");
    await app.kill();
    open("second");
    await app.start();
    await until("end", 1, 180_000);
    atEnd(() => expectCounts(stage, { first: 1, second: 2, third: 1, end: 1 }));
  },
};

const stopped: ConformanceCase = {
  name: "stopped-in-mid-step",
  promise:
    "An engine that is stopped in a step finishes it or hands it over; the run ends after the next start.",
  needs: "kill",
  alone: true,
  functions: (tools) => [gatedFunction(tools, "stopped", 0)],
  async run(stage) {
    const { engine, app, send, until, open, settle, seen, atEnd } = stage;
    await send("stopped");
    await until("second");
    const stopping = engine.stop();
    await settle(500);
    open("second");
    await stopping;
    await engine.start(app.url);
    await until("end");
    atEnd(() => {
      expectCounts(stage, { first: 1, third: 1, end: 1 });
      assert.ok(seen("second").length <= 2, `the interrupted step ran ${seen("second").length} times`);
    });
  },
};

const invoked: ConformanceCase = {
  name: "crash-during-an-invocation",
  promise: "After a crash the invoked function ends and its caller gets the result, once.",
  needs: "kill",
  alone: true,
  functions: ({ inngest, witness }) => {
    const child = inngest.createFunction(
      {
        id: "crash-invoked-child",
        retries: 0,
        triggers: [invoke(staticSchema<{ key: string }>())],
      },
      async ({ event, step }) => {
        const { key } = event.data;
        await step.run("work", async () => {
          await witness.saw(key, "child");
          await witness.pass(key, "child");
        });
        return "from the child";
      },
    );
    const parent = inngest.createFunction(
      { id: "crash-invoking", retries: 0, triggers: [caseEvent("crash-invoking")] },
      async ({ event, step }) => {
        const { key } = event.data;
        const result = await step.invoke("call", { function: child, data: { key } });
        await step.run("end", () => witness.saw(key, "end", result));
      },
    );
    return [child, parent];
  },
  async run(stage) {
    const { send, until, crash, open, atEnd } = stage;
    await send("crash-invoking");
    await until("child");
    await crash();
    await until("child", 2);
    open("child");
    const [end] = await until("end");
    assert.equal(end.data, "from the child");
    atEnd(() => expectCounts(stage, { child: 2, end: 1 }));
  },
};

const cancelledStays: ConformanceCase = {
  name: "crash-after-a-cancellation",
  promise: "A run that was cancelled stays so through a crash.",
  needs: "kill",
  alone: true,
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      {
        id: "crash-after-a-cancellation",
        retries: 0,
        triggers: [caseEvent<{ item: number }>("crash-cancelled")],
        cancelOn: [{ event: "conformance/crash-cancelled.stop", match: "data.item" }],
      },
      async ({ event, step }) => {
        const { key, item } = event.data;
        await step.run("before", () => witness.saw(key, "before", item));
        await step.sleep("nap", "4s");
        await step.run("after", () => witness.saw(key, "after", item));
      },
    ),
  ],
  async run({ key, send, until, crash, seen, atEnd }) {
    for (const item of [1, 2]) await send("crash-cancelled", { item: `${key}-${item}` });
    await until("before", 2);
    await send("crash-cancelled.stop", { item: `${key}-1` });
    await crash();
    await until("after");
    atEnd(() =>
      assert.deepEqual(
        seen("after").map(({ data }) => data),
        [`${key}-2`],
      ),
    );
  },
};

const stepsOfRandom = ["one", "two", "three", "four"];

const randomKills: ConformanceCase = {
  name: "crashes-at-random",
  promise: "Crashes at any moment lose no run, and no step runs again once the next one has begun.",
  needs: "kill",
  alone: true,
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "crashes-at-random", retries: 0, triggers: [caseEvent<{ n: number }>("crash-random")] },
      async ({ event, step, runId }) => {
        const { key, n } = event.data;
        for (const name of stepsOfRandom) {
          await step.run(name, async () => {
            await witness.saw(key, `run-${n}`, { name, runId });
            await new Promise((resolve) => setTimeout(resolve, 80));
          });
          if (name === "two") await step.sleep("nap", "1s");
        }
        await step.run("end", () => witness.saw(key, `end-${n}`));
      },
    ),
  ],
  async run({ send, until, crash, settle, seen, atEnd }) {
    const kills = 4;
    const perKill = 10;
    for (let kill = 0; kill < kills; kill += 1) {
      const numbers = Array.from({ length: perKill }, (_, index) => kill * perKill + index);
      await Promise.all(numbers.map((n) => send("crash-random", { n })));
      await settle(100 + Math.random() * 1_500);
      await crash();
    }
    const all = Array.from({ length: kills * perKill }, (_, n) => n);
    await Promise.all(all.map((n) => until(`end-${n}`, 1, 180_000)));
    atEnd(() => {
      for (const n of all) {
        const seenOfRun = seen(`run-${n}`).map(({ data }) => data as { name: string; runId: string });
        const order = seenOfRun.map(({ name }) => stepsOfRandom.indexOf(name));
        assert.equal(new Set(seenOfRun.map(({ runId }) => runId)).size, 1, `event ${n} started several runs`);
        const sorted = order.toSorted((one, other) => one - other);
        assert.deepEqual(order, sorted, `run ${n} went back: ${order.join(" ")}`);
        assert.ok(order.length <= stepsOfRandom.length + kills, `run ${n}: ${order.join(" ")}`);
      }
    });
  },
};

const replicas: ConformanceCase = {
  name: "replicas-share-and-survive",
  promise: "Several engines on one database share the work; what a killed one held goes on at another.",
  needs: "replicas",
  alone: true,
  functions: (tools) => [
    tools.inngest.createFunction(
      { id: "replicas", retries: 0, triggers: [caseEvent<{ n: number }>("replicas")] },
      async ({ event, step }) => {
        const { key, n } = event.data;
        await step.run("first", () => tools.witness.saw(key, `first-${n}`));
        await step.run("second", async () => {
          await tools.witness.saw(key, "second", n);
          await tools.witness.pass(key, "second");
        });
      },
    ),
    watchEnd(tools, "replicas", "finished"),
  ],
  async run({ engine, app, send, until, open, seen, atEnd }) {
    const numbers = Array.from({ length: 20 }, (_, n) => n);
    const replica = await engine.own?.startReplica?.(app.url);
    await Promise.all(numbers.map((n) => send("replicas", { n })));
    await until("second", numbers.length);
    await replica?.kill();
    open("second");
    await until("finished", numbers.length);
    atEnd(() => {
      assert.equal(seen("finished").length, numbers.length);
      for (const n of numbers) assert.equal(seen(`first-${n}`).length, 1, `first step of ${n}`);
      const seconds = seen("second").map(({ data }) => data);
      assert.ok(seconds.length <= 2 * numbers.length, "a step ran again that nobody interrupted");
    });
  },
};

/** What an outage of the engine, the app or a replica must not take. */
export const OUTAGE_CASES: readonly ConformanceCase[] = [
  appDies,
  staleDispatch,
  stopped,
  invoked,
  cancelledStays,
  randomKills,
  replicas,
];
