import assert from "node:assert/strict";
import { RetryAfterError } from "inngest";
import { caseEvent } from "../app/case-event.ts";
import type { ConformanceCase } from "../conformance-case.ts";

/** One call a step: what the body does after a step it does with a step that the engine has stored. */
const plain = { checkpointing: false } as const;
const needsKill = { needs: "kill", alone: true } as const;

const insideStep: ConformanceCase = {
  ...needsKill,
  name: "crash-inside-a-step",
  promise:
    "After a crash inside a step that step is run once more, those before it are not, and the run ends.",
  functions: ({ inngest, witness }) =>
    [true, false].map((checkpointing) =>
      inngest.createFunction(
        {
          id: `crash-inside-a-step-${checkpointing ? "checkpointed" : "plain"}`,
          retries: 0,
          checkpointing,
          triggers: [caseEvent("crash-inside")],
        },
        async ({ event, step }) => {
          const { key } = event.data;
          const saw = (label: string) => witness.saw(key, `${label}-${checkpointing}`);
          const first = await step.run("first", async () => {
            await saw("first");
            return "kept";
          });
          await step.run("second", async () => {
            await saw("second");
            await witness.pass(key, "second");
          });
          await step.run("third", () => saw("third"));
          await step.run("end", () => witness.saw(key, "end", first));
        },
      ),
    ),
  async run({ send, until, crash, open, seen, atEnd }) {
    await send("crash-inside");
    await Promise.all([until("second-true"), until("second-false")]);
    await crash();
    await Promise.all([until("second-true", 2), until("second-false", 2)]);
    open("second");
    const ends = await until("end", 2);
    assert.deepEqual(
      ends.map(({ data }) => data),
      ["kept", "kept"],
    );
    atEnd(() => {
      for (const mode of [true, false]) {
        const counts = ["first", "second", "third"].map((label) => seen(`${label}-${mode}`).length);
        assert.deepEqual(counts, [1, 2, 1]);
      }
      assert.equal(seen("end").length, 2);
    });
  },
};

const betweenSteps: ConformanceCase = {
  ...needsKill,
  name: "crash-between-steps",
  promise: "After a crash between two steps neither is run twice, and the run ends.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "crash-between-steps", retries: 0, ...plain, triggers: [caseEvent("crash-between")] },
      async ({ event, step }) => {
        const { key } = event.data;
        await step.run("first", () => witness.saw(key, "first"));
        await witness.saw(key, "between");
        await witness.pass(key, "between");
        await step.run("second", () => witness.saw(key, "second"));
        await step.run("end", () => witness.saw(key, "end"));
      },
    ),
  ],
  async run({ send, until, crash, open, seen, atEnd }) {
    await send("crash-between");
    await until("between");
    await crash();
    open("between");
    await until("end");
    atEnd(() => {
      for (const label of ["first", "second", "end"]) assert.equal(seen(label).length, 1, label);
    });
  },
};

const whileSleeping: ConformanceCase = {
  ...needsKill,
  name: "crash-during-a-sleep",
  promise: "A sleep outlives a crash, and one that ended in the meantime is over at once.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      {
        id: "crash-during-a-sleep",
        retries: 0,
        ...plain,
        triggers: [caseEvent<{ seconds: number }>("crash-sleep")],
      },
      async ({ event, step }) => {
        const { key, seconds } = event.data;
        await step.run("before", () => witness.saw(key, `before-${seconds}`));
        await witness.saw(key, "saved");
        await step.sleep("nap", `${seconds}s`);
        await step.run("after", () => witness.saw(key, `after-${seconds}`));
      },
    ),
  ],
  async run({ send, until, crash, settle, seen, atEnd }) {
    await send("crash-sleep", { seconds: 2 });
    await send("crash-sleep", { seconds: 10 });
    await until("saved", 2);
    await settle(500);
    await crash({ downMs: 2_500 });
    await Promise.all([until("after-2"), until("after-10")]);
    const slept = Number(seen("after-10")[0]?.atMs) - Number(seen("before-10")[0]?.atMs);
    assert.ok(slept >= 9_900, `slept ${slept} ms of 10,000`);
    atEnd(() => {
      for (const label of ["before-2", "after-2", "before-10", "after-10"])
        assert.equal(seen(label).length, 1, label);
    });
  },
};

const whileWaiting: ConformanceCase = {
  ...needsKill,
  name: "crash-during-a-wait",
  promise:
    "A wait outlives a crash: the event that comes after it ends the wait, once, and so does its timeout.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      {
        id: "crash-during-a-wait",
        retries: 0,
        ...plain,
        triggers: [caseEvent<{ timeout: string }>("crash-wait")],
      },
      async ({ event, step }) => {
        const { key, timeout } = event.data;
        await step.run("before", () => witness.saw(key, "before"));
        await witness.saw(key, "saved");
        const answer = await step.waitForEvent("wait", {
          event: caseEvent("crash-wait-answer"),
          if: "async.data.key == event.data.key && async.data.timeout == event.data.timeout",
          timeout,
        });
        await step.run("end", () => witness.saw(key, timeout, answer === null ? "timed out" : "answered"));
      },
    ),
  ],
  async run({ send, until, crash, settle, seen, atEnd }) {
    await send("crash-wait", { timeout: "3s" });
    await send("crash-wait", { timeout: "4m" });
    await until("saved", 2);
    await settle(500);
    await crash();
    for (let round = 0; round < 100 && seen("4m").length === 0; round += 1) {
      await send("crash-wait-answer", { timeout: "4m" });
      await settle(300);
    }
    await Promise.all([until("4m"), until("3s")]);
    atEnd(() => {
      assert.equal(seen("before").length, 2);
      assert.deepEqual(
        [seen("4m"), seen("3s")].flat().map(({ data }) => data),
        ["answered", "timed out"],
      );
    });
  },
};

const acceptedEvents: ConformanceCase = {
  ...needsKill,
  name: "crash-after-acceptance",
  promise: "Every event that the engine has accepted starts its run, once, though it crashes right after.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "crash-after-acceptance", retries: 0, triggers: [caseEvent<{ n: number }>("crash-accepted")] },
      async ({ event, step, runId }) => {
        const { key, n } = event.data;
        await step.run("run", () => witness.saw(key, `run-${n}`, runId));
        await step.run("end", () => witness.saw(key, `end-${n}`));
      },
    ),
  ],
  async run({ key, inngest, send, until, crash, seen, atEnd }) {
    const count = 30;
    const events = Array.from({ length: count }, (_, n) => ({
      id: `${key}-${n}`,
      name: "conformance/crash-accepted",
      data: { key, n },
    }));
    await inngest.send(events);
    await crash();
    await Promise.all(events.map(({ data: { n } }) => until(`end-${n}`)));
    await inngest.send(events);
    await send("crash-accepted", { n: count }, `${key}-${count}`);
    await until(`end-${count}`);
    atEnd(() => {
      for (let n = 0; n <= count; n += 1) {
        const runs = seen(`run-${n}`).map(({ data }) => data);
        assert.equal(new Set(runs).size, 1, `event ${n} started ${new Set(runs).size} runs`);
        assert.ok(runs.length <= 2, `the step of event ${n} ran ${runs.length} times in one crash`);
      }
    });
  },
};

const queuedRuns: ConformanceCase = {
  ...needsKill,
  name: "crash-with-runs-in-line",
  promise:
    "Runs that stand in line for their turn keep their places through a crash, and the limit still holds.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      {
        id: "crash-with-runs-in-line",
        retries: 0,
        triggers: [caseEvent<{ n: number }>("crash-line")],
        concurrency: { limit: 1, key: "event.data.key" },
      },
      async ({ event, step }) => {
        const { key, n } = event.data;
        await step.run("work", async () => {
          await witness.saw(key, "begun", n);
          await witness.pass(key, "work");
        });
        await step.run("end", () => witness.saw(key, "end", n));
      },
    ),
  ],
  async run({ send, until, crash, open, settle, seen, atEnd }) {
    await send("crash-line", { n: 0 });
    await until("begun");
    for (const n of [1, 2, 3]) await send("crash-line", { n });
    await crash();
    await until("begun", 2);
    await settle(1_000);
    assert.equal(seen("begun").length, 2, "one step at a time, after the crash, too");
    open("work");
    await until("end", 4);
    atEnd(() => {
      assert.deepEqual(
        seen("end")
          .map(({ data }) => Number(data))
          .toSorted((one, other) => one - other),
        [0, 1, 2, 3],
      );
      assert.equal(seen("begun").length, 5);
    });
  },
};

const parallelSteps: ConformanceCase = {
  ...needsKill,
  name: "crash-with-steps-side-by-side",
  promise: "After a crash the finished branch is not run again, and each interrupted one is, once.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "crash-with-steps-side-by-side", retries: 0, triggers: [caseEvent("crash-parallel")] },
      async ({ event, step }) => {
        const { key } = event.data;
        const results = await Promise.all(
          ["done", "left", "right"].map((name) =>
            step.run(name, async () => {
              await witness.saw(key, name);
              if (name !== "done") await witness.pass(key, "branches");
              return name;
            }),
          ),
        );
        await step.run("end", () => witness.saw(key, "end", results));
      },
    ),
  ],
  async run({ send, until, crash, open, settle, seen, atEnd }) {
    await send("crash-parallel");
    await Promise.all(["done", "left", "right"].map((name) => until(name)));
    await settle(1_500);
    await crash();
    await Promise.all([until("left", 2), until("right", 2)]);
    open("branches");
    const [end] = await until("end");
    assert.deepEqual(end.data, ["done", "left", "right"]);
    atEnd(() => {
      const counts = ["done", "left", "right", "end"].map((name) => seen(name).length);
      assert.deepEqual(counts, [1, 2, 2, 1]);
    });
  },
};

const scheduledRetry: ConformanceCase = {
  ...needsKill,
  name: "crash-before-a-retry",
  promise: "A retry that is due later outlives a crash, and the attempts go on counting.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "crash-before-a-retry", retries: 2, triggers: [caseEvent("crash-retry")] },
      async ({ event, step, attempt }) => {
        const { key } = event.data;
        await step.run("shaky", async () => {
          await witness.saw(key, "shaky", attempt);
          if (attempt === 0) throw new RetryAfterError("later", "4s");
        });
        await step.run("end", () => witness.saw(key, "end"));
      },
    ),
  ],
  async run({ send, until, crash, settle, seen, atEnd }) {
    await send("crash-retry");
    await until("shaky");
    await settle(1_000);
    await crash();
    await until("end");
    atEnd(() =>
      assert.deepEqual(
        seen("shaky").map(({ data }) => data),
        [0, 1],
      ),
    );
  },
};

/** What a crash must not take, at known moments. */
export const CRASH_CASES: readonly ConformanceCase[] = [
  insideStep,
  betweenSteps,
  whileSleeping,
  whileWaiting,
  acceptedEvents,
  queuedRuns,
  parallelSteps,
  scheduledRetry,
];
