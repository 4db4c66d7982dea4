import assert from "node:assert/strict";
import { NonRetriableError, RetryAfterError, StepError } from "inngest";
import { caseEvent } from "../app/case-event.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import type { Sighting } from "../witness/sighting.ts";

const data = (sightings: readonly Sighting[]) => sightings.map((one) => one.data);

const stepRetried: ConformanceCase = {
  name: "step-error-retried",
  promise: "A step that throws is run again after a while, the attempts are counted, finished steps stay.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "step-error-retried", retries: 2, triggers: [caseEvent("step-error")] },
      async ({ event, step, attempt, maxAttempts }) => {
        const { key } = event.data;
        await step.run("before", () => witness.saw(key, "before"));
        const result = await step.run("shaky", async () => {
          await witness.saw(key, "shaky", { attempt, maxAttempts });
          if (attempt === 0) throw new Error("not this time");
          return "done";
        });
        await step.run("end", () => witness.saw(key, "end", result));
      },
    ),
  ],
  async run({ send, until, seen, atEnd }) {
    await send("step-error");
    const [end] = await until("end", 1, 150_000);
    assert.equal(end.data, "done");
    atEnd(() => {
      assert.deepEqual(
        data(seen("shaky")),
        [0, 1].map((attempt) => ({ attempt, maxAttempts: 3 })),
      );
      assert.equal(seen("before").length, 1);
    });
  },
};

const functionRetried: ConformanceCase = {
  name: "function-error-retried",
  promise:
    "A function that throws between its steps is called again, and its finished steps are not run again.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "function-error-retried", retries: 2, triggers: [caseEvent("function-error")] },
      async ({ event, step, attempt }) => {
        const { key } = event.data;
        await step.run("before", () => witness.saw(key, "before"));
        await witness.saw(key, "body", attempt);
        if (attempt === 0) throw new Error("not this time");
        await step.run("end", () => witness.saw(key, "end"));
      },
    ),
  ],
  async run({ send, until, seen, atEnd }) {
    await send("function-error");
    await until("end", 1, 150_000);
    assert.ok(data(seen("body")).includes(1), "the second attempt is counted");
    atEnd(() => assert.deepEqual([seen("before").length, seen("end").length], [1, 1]));
  },
};

const retryAfter: ConformanceCase = {
  name: "retry-after",
  promise: "RetryAfterError says when a step or a function is tried again.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "retry-after", retries: 1, triggers: [caseEvent("retry-after")] },
      async ({ event, step, attempt }) => {
        const { key } = event.data;
        await step.run("step", async () => {
          await witness.saw(key, "step", attempt);
          if (attempt === 0) throw new RetryAfterError("later", "3s");
        });
        await witness.saw(key, "body", attempt);
        if (attempt === 0) throw new RetryAfterError("later", new Date(Date.now() + 3_000));
        await step.run("end", () => witness.saw(key, "end"));
      },
    ),
  ],
  async run({ send, until, seen, atEnd }) {
    await send("retry-after");
    await until("end");
    for (const label of ["step", "body"]) {
      const tries = seen(label);
      const first = tries.find((one) => one.data === 0);
      const second = tries.find((one) => one.data === 1);
      const waitedMs = Number(second?.atMs) - Number(first?.atMs);
      // The header of a date has whole seconds.
      assert.ok(waitedMs >= 1_900 && waitedMs < 14_000, `${label} was tried again after ${waitedMs} ms`);
    }
    atEnd(() => assert.deepEqual(data(seen("step")), [0, 1]));
  },
};

const eachStepRetries: ConformanceCase = {
  name: "each-step-has-its-attempts",
  promise: "The attempts of a step are its own: the next one begins at zero and may fail as often.",
  functions: ({ inngest, witness }) =>
    [true, false].map((checkpointing) =>
      inngest.createFunction(
        {
          id: `each-step-has-its-attempts-${checkpointing ? "checkpointed" : "plain"}`,
          retries: 1,
          checkpointing,
          triggers: [caseEvent("each-step")],
        },
        async ({ event, step, attempt }) => {
          const { key } = event.data;
          for (const name of ["one", "two", "three"]) {
            await step.run(name, async () => {
              await witness.saw(key, `${name}-${checkpointing}`, attempt);
              if (attempt === 0) throw new RetryAfterError("again", "1s");
            });
          }
          await step.run("end", () => witness.saw(key, "end", attempt));
        },
      ),
    ),
  async run({ send, until, seen, atEnd }) {
    await send("each-step");
    await until("end", 2);
    atEnd(() => {
      for (const mode of [true, false])
        for (const name of ["one", "two", "three"])
          assert.deepEqual(data(seen(`${name}-${mode}`)), [0, 1], `${name}-${mode}`);
      assert.deepEqual(data(seen("end")), [0, 0]);
    });
  },
};

const nonRetriableFunction: ConformanceCase = {
  name: "non-retriable-function",
  promise: "A function that throws NonRetriableError fails at once, and onFailure is called.",
  functions: ({ inngest, witness }) => {
    const onFailure = async ({ event, error }: { event: FailedEvent; error: Error }) =>
      witness.saw(event.data.event.data.key, "failed", error.message);
    return [
      inngest.createFunction(
        { id: "non-retriable-function", retries: 3, triggers: [caseEvent("non-retriable")], onFailure },
        async ({ event }) => {
          await witness.saw(event.data.key, "tried");
          throw new NonRetriableError("never");
        },
      ),
    ];
  },
  async run({ send, until, seen, atEnd }) {
    await send("non-retriable");
    const [failed] = await until("failed");
    assert.equal(failed.data, "never");
    atEnd(() => assert.deepEqual([seen("tried").length, seen("failed").length], [1, 1]));
  },
};

const nonRetriableStep: ConformanceCase = {
  name: "non-retriable-step-caught",
  promise: "A step's NonRetriableError is not retried; the function catches it as a StepError and goes on.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "non-retriable-step-caught", retries: 3, triggers: [caseEvent("non-retriable-step")] },
      async ({ event, step }) => {
        const { key } = event.data;
        const caught = await step
          .run("refused", async () => {
            await witness.saw(key, "tried");
            throw new NonRetriableError("never", { cause: new Error("the reason") });
          })
          .catch((error: unknown) => error);
        const { name, message, stepId } = caught as StepError;
        await step.run("end", () =>
          witness.saw(key, "end", { name, message, stepId, isStepError: caught instanceof StepError }),
        );
      },
    ),
  ],
  async run({ send, until, seen, atEnd }) {
    await send("non-retriable-step");
    const [end] = await until("end");
    assert.deepEqual(end.data, {
      name: "NonRetriableError",
      message: "never",
      stepId: "refused",
      isStepError: true,
    });
    atEnd(() => assert.deepEqual([seen("tried").length, seen("end").length], [1, 1]));
  },
};

const exhaustedStep: ConformanceCase = {
  name: "exhausted-step-caught",
  promise: "A step that has failed in all its attempts is a StepError that the function may catch.",
  functions: ({ inngest, witness }) =>
    [true, false].map((checkpointing) =>
      inngest.createFunction(
        {
          id: `exhausted-step-caught-${checkpointing ? "checkpointed" : "plain"}`,
          retries: 2,
          checkpointing,
          triggers: [caseEvent("exhausted-step")],
        },
        async ({ event, step, attempt }) => {
          const { key } = event.data;
          try {
            await step.run("hopeless", async () => {
              await witness.saw(key, `tried-${checkpointing}`, attempt);
              throw new RetryAfterError("no luck", "1s");
            });
          } catch (error) {
            await step.run("end", () => witness.saw(key, "end", (error as Error).message));
          }
        },
      ),
    ),
  async run({ send, until, seen, atEnd }) {
    await send("exhausted-step");
    assert.deepEqual(data(await until("end", 2)), ["no luck", "no luck"]);
    atEnd(() => {
      for (const mode of [true, false]) assert.deepEqual(data(seen(`tried-${mode}`)), [0, 1, 2]);
    });
  },
};

interface FailedEvent {
  name: string;
  data: {
    function_id: string;
    run_id: string;
    error: { name: string; message: string };
    event: { name: string; data: { key: string; n?: number } };
  };
}

const exhaustion: ConformanceCase = {
  name: "exhaustion-and-on-failure",
  promise:
    "When the last attempt has failed onFailure is called once, with the error, the run and the event.",
  functions: ({ inngest, witness }) => {
    const onFailure = async ({ event, error }: { event: FailedEvent; error: Error }) =>
      witness.saw(event.data.event.data.key, "failed", {
        name: event.name,
        data: event.data,
        told: error.message,
      });
    return [
      inngest.createFunction(
        {
          id: "exhaustion-and-on-failure",
          retries: 1,
          triggers: [caseEvent<{ n: number }>("exhaustion")],
          onFailure,
        },
        async ({ event, step, attempt, runId }) => {
          const { key } = event.data;
          await step.run("before", () => witness.saw(key, "before", runId));
          await witness.saw(key, "tried", attempt);
          throw new RetryAfterError("no luck", "1s");
        },
      ),
    ];
  },
  async run({ key, send, until, seen, atEnd }) {
    await send("exhaustion", { n: 7 });
    const [failed] = await until("failed");
    const {
      name,
      data: payload,
      told,
    } = failed.data as {
      name: string;
      data: FailedEvent["data"];
      told: string;
    };
    assert.equal(name, "inngest/function.failed");
    assert.equal(told, "no luck");
    assert.equal(payload.error.message, "no luck");
    assert.equal(payload.function_id, "gatehouse-conformance-exhaustion-and-on-failure");
    assert.equal(payload.run_id, seen("before")[0]?.data);
    assert.equal(payload.event.name, "conformance/exhaustion");
    assert.deepEqual(payload.event.data, { n: 7, key });
    atEnd(() => {
      assert.deepEqual([seen("before").length, seen("failed").length], [1, 1]);
      assert.deepEqual([...new Set(data(seen("tried")))], [0, 1]);
    });
  },
};

const uncaughtStep: ConformanceCase = {
  name: "uncaught-step-failure",
  promise: "A function that lets a failed step's error through fails at once: the step has had its attempts.",
  functions: ({ inngest, witness }) => {
    const onFailure = async ({ event, error }: { event: FailedEvent; error: Error }) =>
      witness.saw(event.data.event.data.key, "failed", error.message);
    return [
      inngest.createFunction(
        { id: "uncaught-step-failure", retries: 1, triggers: [caseEvent("uncaught-step")], onFailure },
        async ({ event, step, attempt }) => {
          await step.run("hopeless", async () => {
            await witness.saw(event.data.key, "tried", attempt);
            throw new RetryAfterError("no luck", "1s");
          });
        },
      ),
    ];
  },
  async run({ send, until, seen, atEnd }) {
    await send("uncaught-step");
    const [failed] = await until("failed");
    assert.equal(failed.data, "no luck");
    atEnd(() => assert.deepEqual(data(seen("tried")), [0, 1]));
  },
};

/** What trying again promises. */
export const RETRY_CASES: readonly ConformanceCase[] = [
  stepRetried,
  functionRetried,
  retryAfter,
  eachStepRetries,
  nonRetriableFunction,
  nonRetriableStep,
  exhaustedStep,
  exhaustion,
  uncaughtStep,
];
