import assert from "node:assert/strict";
import { NonRetriableError } from "inngest";
import { caseEvent } from "../app/case-event.ts";
import type { ConformanceCase } from "../conformance-case.ts";

const allAtOnce: ConformanceCase = {
  name: "parallel-at-once",
  promise: "Steps under Promise.all run at the same time, once each, and their results keep their places.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "parallel-at-once", retries: 0, triggers: [caseEvent("parallel-at-once")] },
      async ({ event, step }) => {
        const { key } = event.data;
        const results = await Promise.all(
          ["a", "b", "c"].map((letter) =>
            step.run(letter, async () => {
              await witness.saw(key, "begun", letter);
              await witness.pass(key, letter);
              return letter;
            }),
          ),
        );
        await step.run("end", () => witness.saw(key, "end", results));
      },
    ),
  ],
  async run({ send, until, open, seen, atEnd }) {
    await send("parallel-at-once");
    await until("begun", 3);
    for (const letter of ["c", "b", "a"]) open(letter);
    const [end] = await until("end");
    assert.deepEqual(end.data, ["a", "b", "c"]);
    atEnd(() => assert.deepEqual([seen("begun").length, seen("end").length], [3, 1]));
  },
};

const branchSleeps: ConformanceCase = {
  name: "parallel-branch-sleeps",
  promise: "A branch may sleep between its steps while the other branch goes its own way.",
  functions: ({ inngest, witness }) =>
    [true, false].map((checkpointing) =>
      inngest.createFunction(
        {
          id: `parallel-branch-sleeps-${checkpointing ? "checkpointed" : "plain"}`,
          retries: 0,
          checkpointing,
          triggers: [caseEvent("parallel-branch-sleeps")],
        },
        async ({ event, step }) => {
          const { key } = event.data;
          const did = (label: string) =>
            step.run(label, async () => {
              await witness.saw(key, `${label}-${checkpointing}`);
              return label;
            });
          const sleeper = async () => {
            const before = await did("before");
            await step.sleep("sleep", "2s");
            return [before, await did("after")];
          };
          const results = await Promise.all([sleeper(), did("other"), step.sleep("pause", "1s")]);
          await step.run("end", () => witness.saw(key, "end", results));
        },
      ),
    ),
  async run({ send, until, seen, atEnd }) {
    await send("parallel-branch-sleeps");
    const ends = await until("end", 2);
    for (const end of ends) assert.deepEqual(end.data, [["before", "after"], "other", null]);
    atEnd(() => {
      for (const label of ["before", "after", "other"])
        for (const mode of [true, false]) assert.equal(seen(`${label}-${mode}`).length, 1, label);
      assert.equal(seen("end").length, 2);
    });
  },
};

const chains: ConformanceCase = {
  name: "parallel-chains",
  promise: "In each of several chains side by side the steps run in order, once each.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "parallel-chains", retries: 0, triggers: [caseEvent("parallel-chains")] },
      async ({ event, step }) => {
        const { key } = event.data;
        const chain = async (name: string) => {
          let path = name;
          for (const link of [1, 2, 3]) {
            const before = path;
            path = await step.run(`${name}-${link}`, async () => {
              await witness.saw(key, name, link);
              return `${before}${link}`;
            });
          }
          return path;
        };
        const paths = await Promise.all([chain("x"), chain("y"), chain("z")]);
        await step.run("end", () => witness.saw(key, "end", paths));
      },
    ),
  ],
  async run({ send, until, seen, atEnd }) {
    await send("parallel-chains");
    const [end] = await until("end");
    assert.deepEqual(end.data, ["x123", "y123", "z123"]);
    atEnd(() => {
      for (const name of ["x", "y", "z"])
        assert.deepEqual(
          seen(name).map(({ data }) => data),
          [1, 2, 3],
        );
    });
  },
};

const branchFails: ConformanceCase = {
  name: "parallel-branch-fails",
  promise: "A branch that fails for good is told to the function with the results of the others.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "parallel-branch-fails", retries: 0, triggers: [caseEvent("parallel-branch-fails")] },
      async ({ event, step }) => {
        const { key } = event.data;
        const settled = await Promise.allSettled([
          step.run("good", () => "good"),
          step.run("bad", () => {
            throw new NonRetriableError("no such branch");
          }),
        ]);
        const told = settled.map((one) =>
          one.status === "fulfilled" ? one.value : String((one.reason as Error).message),
        );
        await step.run("end", () => witness.saw(key, "end", told));
      },
    ),
  ],
  async run({ send, until }) {
    await send("parallel-branch-fails");
    const [end] = await until("end");
    assert.deepEqual(end.data, ["good", "no such branch"]);
  },
};

const race: ConformanceCase = {
  name: "parallel-race",
  promise:
    "With group.parallel a race goes on when the first step is done, while the other is still running.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "parallel-race", retries: 0, triggers: [caseEvent("parallel-race")] },
      async ({ event, step, group }) => {
        const { key } = event.data;
        const winner = await group.parallel(() =>
          Promise.race([
            step.run("slow", async () => {
              await witness.saw(key, "slow");
              await witness.pass(key, "slow");
              return "slow";
            }),
            step.run("fast", async () => {
              await witness.saw(key, "fast");
              await witness.pass(key, "fast");
              return "fast";
            }),
          ]),
        );
        await step.run("end", () => witness.saw(key, "end", winner));
      },
    ),
  ],
  async run({ send, until, open, seen, atEnd }) {
    await send("parallel-race");
    await Promise.all([until("slow"), until("fast")]);
    open("fast");
    const [end] = await until("end");
    assert.equal(end.data, "fast");
    open("slow");
    atEnd(() => {
      for (const label of ["slow", "fast", "end"]) assert.equal(seen(label).length, 1, label);
    });
  },
};

/** What steps side by side promise. */
export const PARALLEL_CASES: readonly ConformanceCase[] = [
  allAtOnce,
  branchSleeps,
  chains,
  branchFails,
  race,
];
