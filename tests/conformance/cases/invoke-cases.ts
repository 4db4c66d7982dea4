import assert from "node:assert/strict";
import { invoke, StepError, staticSchema } from "inngest";
import { caseEvent } from "../app/case-event.ts";
import type { ConformanceCase } from "../conformance-case.ts";

const called = invoke(staticSchema<{ key: string; n: number }>());

const invokeOk: ConformanceCase = {
  name: "invoke",
  promise: "An invoked function gets the data it is called with, and its result comes back as a step's.",
  functions: ({ inngest, witness }) => {
    const child = inngest.createFunction(
      { id: "invoke-child", retries: 0, triggers: [called] },
      async ({ event, step }) => {
        const { key, n } = event.data;
        await step.run("child", () => witness.saw(key, "child", { name: event.name, n }));
        await step.sleep("nap", "1s");
        return { square: n * n, text: "réponse 🦊" };
      },
    );
    const parent = inngest.createFunction(
      { id: "invoke-parent", retries: 0, triggers: [caseEvent("invoke")] },
      async ({ event, step }) => {
        const { key } = event.data;
        const squares: { square: number; text: string }[] = [];
        for (const n of [3, 4]) {
          squares.push(await step.invoke("square", { function: child, data: { key, n } }));
        }
        await step.run("end", () => witness.saw(key, "end", squares));
      },
    );
    return [child, parent];
  },
  async run({ send, until, seen, atEnd }) {
    await send("invoke");
    const [end] = await until("end");
    assert.deepEqual(end.data, [
      { square: 9, text: "réponse 🦊" },
      { square: 16, text: "réponse 🦊" },
    ]);
    atEnd(() => {
      assert.deepEqual(
        seen("child").map(({ data }) => data),
        [3, 4].map((n) => ({ name: "inngest/function.invoked", n })),
      );
      assert.equal(seen("end").length, 1);
    });
  },
};

const invokeSideBySide: ConformanceCase = {
  name: "invoke-in-parallel",
  promise: "Functions invoked side by side run at the same time, and each result goes to its own step.",
  functions: ({ inngest, witness }) => {
    const child = inngest.createFunction(
      { id: "invoke-in-parallel-child", retries: 0, triggers: [called] },
      async ({ event, step }) => {
        const { key, n } = event.data;
        await step.run("child", async () => {
          await witness.saw(key, "child", n);
          await witness.pass(key, "children");
        });
        return n;
      },
    );
    const parent = inngest.createFunction(
      { id: "invoke-in-parallel", retries: 0, triggers: [caseEvent("invoke-in-parallel")] },
      async ({ event, step }) => {
        const { key } = event.data;
        const results = await Promise.all(
          [1, 2, 3].map((n) => step.invoke(`child-${n}`, { function: child, data: { key, n } })),
        );
        await step.run("end", () => witness.saw(key, "end", results));
      },
    );
    return [child, parent];
  },
  async run({ send, until, open, seen, atEnd }) {
    await send("invoke-in-parallel");
    await until("child", 3);
    open("children");
    const [end] = await until("end");
    assert.deepEqual(end.data, [1, 2, 3]);
    atEnd(() => assert.deepEqual([seen("child").length, seen("end").length], [3, 1]));
  },
};

const invokeFails: ConformanceCase = {
  name: "invoke-failing",
  promise: "The failure of an invoked function is a StepError, which the caller can catch.",
  functions: ({ inngest, witness }) => {
    const child = inngest.createFunction(
      { id: "invoke-failing-child", retries: 0, triggers: [called] },
      async () => {
        throw new TypeError("no square today");
      },
    );
    const parent = inngest.createFunction(
      { id: "invoke-failing", retries: 3, triggers: [caseEvent("invoke-failing")] },
      async ({ event, step }) => {
        const { key } = event.data;
        const caught = await step
          .invoke("square", { function: child, data: { key, n: 1 } })
          .catch((error: unknown) => error);
        const { message } = caught as Error;
        await step.run("end", () =>
          witness.saw(key, "end", { message, isStepError: caught instanceof StepError }),
        );
      },
    );
    return [child, parent];
  },
  async run({ send, until }) {
    await send("invoke-failing");
    const [end] = await until("end");
    const { message, isStepError } = end.data as { message: string; isStepError: boolean };
    assert.match(message, /no square today/);
    assert.equal(isStepError, true);
  },
};

const invokeTimesOut: ConformanceCase = {
  name: "invoke-timeout",
  promise: "An invocation that takes longer than its timeout fails with InngestInvokeTimeoutError.",
  functions: ({ inngest, witness }) => {
    const child = inngest.createFunction(
      { id: "invoke-timeout-child", retries: 0, triggers: [called] },
      async ({ step }) => {
        await step.sleep("long", "20s");
      },
    );
    const parent = inngest.createFunction(
      { id: "invoke-timeout", retries: 3, triggers: [caseEvent("invoke-timeout")] },
      async ({ event, step }) => {
        const { key } = event.data;
        const caught = await step
          .invoke("square", { function: child, data: { key, n: 1 }, timeout: "2s" })
          .catch((error: unknown) => error);
        await step.run("end", () => witness.saw(key, "end", (caught as Error | null)?.name));
      },
    );
    return [child, parent];
  },
  async run({ send, until, seen, atEnd }) {
    await send("invoke-timeout");
    const [end] = await until("end");
    assert.equal(end.data, "InngestInvokeTimeoutError");
    atEnd(() => assert.equal(seen("end").length, 1));
  },
};

/** What step.invoke promises. */
export const INVOKE_CASES: readonly ConformanceCase[] = [
  invokeTimesOut,
  invokeOk,
  invokeSideBySide,
  invokeFails,
];
