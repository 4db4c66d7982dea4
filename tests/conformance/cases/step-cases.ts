import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { caseEvent } from "../app/case-event.ts";
import type { ConformanceCase } from "../conformance-case.ts";

const digest = (text: string) => createHash("sha256").update(text).digest("hex");

/** JSON that a store or a signature could damage: planes, directions, escapes, numbers, and nothing at all. */
const AWKWARD = {
  "clé 🗝": "Zürich — naïve ﷽ 🦊👩‍👩‍👧 e\u0301 \u200f שלום",
  escapes: "\u0000\u0001\u001f \\ \" ' \u2028\u2029 \n\r\t </script> $1 %s ${x}",
  numbers: [0, -1, 0.1, 1e21, 1.5e-7, 9_007_199_254_740_991, -2.5],
  empty: ["", [], {}, null, false],
};

const stepRun: ConformanceCase = {
  name: "step-run",
  promise:
    "The function gets what its step returned, the step runs once, and the event is the one that was sent.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "step-run", retries: 0, triggers: [caseEvent<{ n: number }>("step-run")] },
      async ({ event, events, step, runId, attempt }) => {
        const { key, n } = event.data;
        const doubled = await step.run("double", async () => {
          await witness.saw(key, "step");
          return { n: n * 2, date: new Date(0), nothing: undefined };
        });
        const nothing = await step.run("nothing", () => undefined);
        const { id, name, ts } = event;
        await step.run("end", () =>
          witness.saw(key, "end", { doubled, nothing, id, name, ts, runId, attempt, count: events.length }),
        );
      },
    ),
  ],
  async run({ send, until, seen, atEnd }) {
    const id = await send("step-run", { n: 21 });
    const [end] = await until("end");
    const { runId, ts, ...rest } = end.data as Record<string, unknown>;
    assert.deepEqual(rest, {
      doubled: { n: 42, date: "1970-01-01T00:00:00.000Z" },
      nothing: null,
      id,
      name: "conformance/step-run",
      attempt: 0,
      count: 1,
    });
    assert.equal(typeof runId, "string");
    assert.ok(Math.abs(Number(ts) - Date.now()) < 120_000, "the event's time is the time of sending");
    atEnd(() => assert.deepEqual([seen("step").length, seen("end").length], [1, 1]));
  },
};

const memoizedAcrossCalls: ConformanceCase = {
  name: "memoized-across-calls",
  promise:
    "Without checkpointing the function is called once a step, and finished steps are remembered, not run.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      {
        id: "memoized-across-calls",
        retries: 0,
        checkpointing: false,
        triggers: [caseEvent("memoized-across-calls")],
      },
      async ({ event, step }) => {
        const { key } = event.data;
        await witness.saw(key, "call");
        const random = async (label: string) => {
          await witness.saw(key, label);
          return randomUUID();
        };
        const values = [
          await step.run("one", () => random("one")),
          await step.run("two", () => random("two")),
          await step.run("three", () => random("three")),
        ];
        await step.run("first-look", () => witness.saw(key, "look", values));
        await step.run("second-look", () => witness.saw(key, "look", values));
      },
    ),
  ],
  async run({ send, until, seen }) {
    await send("memoized-across-calls");
    const [first, second] = await until("look", 2);
    assert.deepEqual(first.data, second?.data);
    for (const label of ["one", "two", "three"]) assert.equal(seen(label).length, 1, label);
    assert.ok(seen("call").length >= 5, `called ${seen("call").length} times for 5 steps`);
  },
};

const duplicateStepIds: ConformanceCase = {
  name: "duplicate-step-ids",
  promise: "A step in a loop runs once a round, each round with its own result.",
  functions: ({ inngest, witness }) =>
    [true, false].map((checkpointing) =>
      inngest.createFunction(
        {
          id: `duplicate-step-ids-${checkpointing ? "checkpointed" : "plain"}`,
          retries: 0,
          checkpointing,
          triggers: [caseEvent("duplicate-step-ids")],
        },
        async ({ event, step }) => {
          const { key } = event.data;
          const rounds: number[] = [];
          for (let round = 0; round < 5; round += 1) {
            const done = await step.run("round", async () => {
              await witness.saw(key, `round-${checkpointing}`, round);
              return round * 10;
            });
            rounds.push(done);
          }
          await step.run("end", () => witness.saw(key, "end", rounds));
        },
      ),
    ),
  async run({ send, until, seen, atEnd }) {
    await send("duplicate-step-ids");
    const ends = await until("end", 2);
    for (const end of ends) assert.deepEqual(end.data, [0, 10, 20, 30, 40]);
    atEnd(() => {
      for (const label of ["round-true", "round-false"])
        assert.deepEqual(
          seen(label).map(({ data }) => data),
          [0, 1, 2, 3, 4],
        );
    });
  },
};

const checkpointRuntime: ConformanceCase = {
  name: "checkpoint-runtime-exceeded",
  promise: "A function that outlives its time in one call goes on in the next, and runs each step once.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      {
        id: "checkpoint-runtime-exceeded",
        retries: 0,
        checkpointing: { maxRuntime: "1s" },
        triggers: [caseEvent("checkpoint-runtime-exceeded")],
      },
      async ({ event, step }) => {
        const { key } = event.data;
        await witness.saw(key, "call");
        for (let round = 0; round < 6; round += 1) {
          await step.run(`round-${round}`, async () => {
            await new Promise((resolve) => setTimeout(resolve, 400));
            await witness.saw(key, "round", round);
          });
        }
        await step.run("end", () => witness.saw(key, "end"));
      },
    ),
  ],
  async run({ send, until, seen, atEnd }) {
    await send("checkpoint-runtime-exceeded");
    await until("end");
    assert.ok(seen("call").length >= 2, "more than one call was needed");
    atEnd(() =>
      assert.deepEqual(
        seen("round").map(({ data }) => data),
        [0, 1, 2, 3, 4, 5],
      ),
    );
  },
};

const bufferedCheckpoints: ConformanceCase = {
  name: "buffered-checkpoints",
  promise: "Steps that are checkpointed several at a time are all remembered.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      {
        id: "buffered-checkpoints",
        retries: 0,
        checkpointing: { bufferedSteps: 3, maxRuntime: "5m" },
        triggers: [caseEvent("buffered-checkpoints")],
      },
      async ({ event, step }) => {
        const { key } = event.data;
        const sum = { value: 0 };
        for (let round = 0; round < 7; round += 1) {
          sum.value += await step.run(`round-${round}`, async () => {
            await witness.saw(key, "round", round);
            return round;
          });
        }
        await step.sleep("pause", "1s");
        await step.run("end", () => witness.saw(key, "end", sum.value));
      },
    ),
  ],
  async run({ send, until, seen, atEnd }) {
    await send("buffered-checkpoints");
    const [end] = await until("end");
    assert.equal(end.data, 21);
    atEnd(() => assert.equal(seen("round").length, 7));
  },
};

const largeOutput: ConformanceCase = {
  name: "large-step-output",
  promise: "A step may return 1 MB, and the next call gets all of it back.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      {
        id: "large-step-output",
        retries: 0,
        checkpointing: false,
        triggers: [caseEvent("large-step-output")],
      },
      async ({ event, step }) => {
        const { key } = event.data;
        const large = await step.run("large", async () => {
          const text = `${randomUUID()} 🦊 `.repeat(23_000).slice(0, 1_000_000);
          await witness.saw(key, "made", digest(text));
          return text;
        });
        await step.run("end", () => witness.saw(key, "end", digest(large)));
      },
    ),
  ],
  async run({ send, until }) {
    await send("large-step-output");
    const [end] = await until("end");
    const [made] = await until("made");
    assert.equal(end.data, made.data);
  },
};

const manySteps: ConformanceCase = {
  name: "two-hundred-steps",
  promise: "A function with 200 steps runs each of them once, in order.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "two-hundred-steps", retries: 0, triggers: [caseEvent("two-hundred-steps")] },
      async ({ event, step }) => {
        const { key } = event.data;
        for (let n = 0; n < 200; n += 1) await step.run(`step-${n}`, () => witness.saw(key, "step", n));
        await step.run("end", () => witness.saw(key, "end"));
      },
    ),
  ],
  async run({ send, until, seen, atEnd }) {
    await send("two-hundred-steps");
    await until("end");
    atEnd(() =>
      assert.deepEqual(
        seen("step").map(({ data }) => data),
        Array.from({ length: 200 }, (_, n) => n),
      ),
    );
  },
};

const unicode: ConformanceCase = {
  name: "unicode-round-trip",
  promise: "Event data, step results and waited-for events come back to the character.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      {
        id: "unicode-round-trip",
        retries: 0,
        checkpointing: false,
        triggers: [caseEvent<{ awkward: typeof AWKWARD }>("unicode-round-trip")],
      },
      async ({ event, step }) => {
        const { key, awkward } = event.data;
        await step.run("event", () => witness.saw(key, "event", awkward));
        const result = await step.run("🦊 étape", () => AWKWARD);
        await step.run("result", () => witness.saw(key, "result", result));
        const answer = await step.waitForEvent("wait", {
          event: caseEvent<{ awkward: typeof AWKWARD }>("unicode-answer"),
          match: "data.key",
          timeout: "2m",
        });
        await step.run("end", () => witness.saw(key, "answer", answer?.data.awkward));
      },
    ),
  ],
  async run({ send, until, seen, settle }) {
    await send("unicode-round-trip", { awkward: AWKWARD });
    await until("result");
    while (seen("answer").length === 0) {
      await send("unicode-answer", { awkward: AWKWARD });
      await settle(300);
    }
    for (const label of ["event", "result", "answer"]) assert.deepEqual(seen(label)[0]?.data, AWKWARD, label);
  },
};

/** What step.run promises, and how much it carries. */
export const STEP_CASES: readonly ConformanceCase[] = [
  stepRun,
  memoizedAcrossCalls,
  duplicateStepIds,
  checkpointRuntime,
  bufferedCheckpoints,
  largeOutput,
  manySteps,
  unicode,
];
