import assert from "node:assert/strict";
import { NonRetriableError } from "inngest";
import { APP_ID } from "../app/app-id.ts";
import { caseEvent } from "../app/case-event.ts";
import { watchEnd } from "../app/watch-end.ts";
import type { ConformanceCase } from "../conformance-case.ts";

interface SystemEvent {
  name: string;
  data: {
    function_id: string;
    run_id: string;
    event: { name: string; data: { key: string; n: number } };
    result?: unknown;
    error?: { name: string; message: string };
  };
}

const finished: ConformanceCase = {
  name: "function-finished-event",
  promise: "The end of a run sends inngest/function.finished once, with the result, the run and the event.",
  functions: (tools) => [
    tools.inngest.createFunction(
      { id: "finished", retries: 0, triggers: [caseEvent<{ n: number }>("finished")] },
      async ({ event, step, runId }) => {
        const { key, n } = event.data;
        await step.run("work", () => tools.witness.saw(key, "work", runId));
        return { square: n * n };
      },
    ),
    watchEnd(tools, "finished", "finished"),
  ],
  async run({ key, send, until, seen, atEnd }) {
    await send("finished", { n: 12 });
    const [told] = await until("finished");
    const { name, data } = told.data as SystemEvent;
    assert.equal(name, "inngest/function.finished");
    assert.equal(data.function_id, `${APP_ID}-finished`);
    assert.equal(data.run_id, seen("work")[0]?.data);
    assert.equal(data.event.name, "conformance/finished");
    assert.deepEqual(data.event.data, { n: 12, key });
    assert.deepEqual(data.result, { square: 144 });
    assert.equal(data.error ?? null, null);
    atEnd(() => assert.equal(seen("finished").length, 1));
  },
};

const failed: ConformanceCase = {
  name: "function-failed-event",
  promise:
    "A run that fails sends inngest/function.failed and inngest/function.finished, once, with the error.",
  functions: (tools) => [
    tools.inngest.createFunction(
      { id: "failed", retries: 0, triggers: [caseEvent<{ n: number }>("failed")] },
      async () => {
        throw new NonRetriableError("it went wrong");
      },
    ),
    watchEnd(tools, "failed", "failed"),
    watchEnd(tools, "failed", "finished"),
  ],
  async run({ send, until, seen, atEnd }) {
    await send("failed", { n: 1 });
    for (const kind of ["failed", "finished"]) {
      const [told] = await until(kind);
      const { data } = told.data as SystemEvent;
      assert.equal(data.error?.message, "it went wrong", kind);
      assert.equal(data.event.name, "conformance/failed", kind);
      assert.ok(data.run_id.length > 0, kind);
    }
    atEnd(() => assert.deepEqual([seen("failed").length, seen("finished").length], [1, 1]));
  },
};

const cancelled: ConformanceCase = {
  name: "function-cancelled-event",
  promise:
    "A run that is cancelled sends inngest/function.cancelled and inngest/function.finished, once, with the error.",
  functions: (tools) => [
    tools.inngest.createFunction(
      {
        id: "cancelled",
        retries: 0,
        triggers: [caseEvent<{ n: number }>("cancelled")],
        cancelOn: [{ event: "conformance/cancelled.stop", match: "data.key" }],
      },
      async ({ event, step, runId }) => {
        await step.run("work", () => tools.witness.saw(event.data.key, "work", runId));
        await step.sleep("long", "5m");
      },
    ),
    watchEnd(tools, "cancelled", "cancelled"),
    watchEnd(tools, "cancelled", "finished"),
    watchEnd(tools, "cancelled", "failed"),
  ],
  async run({ key, send, until, seen, atEnd }) {
    await send("cancelled", { n: 3 });
    const [work] = await until("work");
    await send("cancelled.stop");
    for (const kind of ["cancelled", "finished"]) {
      const [told] = await until(kind);
      const { data } = told.data as SystemEvent;
      assert.equal(data.function_id, `${APP_ID}-cancelled`, kind);
      assert.equal(data.run_id, work.data, kind);
      assert.equal(data.error?.message, "function cancelled", kind);
      assert.deepEqual(data.event.data, { n: 3, key }, kind);
    }
    atEnd(() => {
      for (const kind of ["cancelled", "finished"]) assert.equal(seen(kind).length, 1, kind);
      assert.equal(seen("failed").length, 0);
    });
  },
};

const noLoop: ConformanceCase = {
  name: "finished-events-do-not-loop",
  promise:
    "A run that another run's end has started sends no such event at its own end, so nothing runs for ever.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction({ id: "loop", retries: 0, triggers: [caseEvent("loop")] }, () => null),
    inngest.createFunction(
      {
        id: "loop-watch",
        retries: 0,
        triggers: [
          {
            event: "inngest/function.finished",
            // Of a loop the first round is enough.
            if: `event.data.function_id == '${APP_ID}-loop' || event.data.function_id == '${APP_ID}-loop-watch' && event.data.event.data.function_id == '${APP_ID}-loop'`,
          },
        ],
      },
      async ({ event, step }) => {
        const { event: original, function_id: id } = event.data;
        const { key } = (original.data.event ?? original).data;
        await step.run("tell", () => witness.saw(key, "told", id));
      },
    ),
  ],
  async run({ send, until, seen, settle, atEnd }) {
    await send("loop");
    await until("told");
    await settle(1_000);
    atEnd(() =>
      assert.deepEqual(
        seen("told").map(({ data }) => data),
        [`${APP_ID}-loop`],
      ),
    );
  },
};

/** What an engine tells about the ends of runs. */
export const SYSTEM_EVENT_CASES: readonly ConformanceCase[] = [finished, failed, cancelled, noLoop];
