import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { readRunEvents } from "#lib/db/run-events.ts";
import { getRun } from "#lib/db/runs.ts";
import { newEvent, newRun, newText } from "#tests/support/new-run.ts";
import { pauseWorld } from "#tests/support/pause-world.ts";
import { RunControlWorld } from "#tests/support/run-control-world.ts";

const world = pauseWorld();
const control = new RunControlWorld(world);
const USAGE = {
  input_tokens: 1,
  output_tokens: 1,
  total_tokens: 2,
  reasoning_tokens: 0,
  cache_read_tokens: 0,
  cache_write_tokens: 0,
};

it("a run that failed while its output model wrote goes on from the draft, not from the torn answer", async () => {
  const sessionId = randomUUID();
  const run = newRun({ sessionId, subject: "ann", componentId: "assistant" });
  const { runId } = run;
  run.events = [newEvent(runId, { type: "RunStarted", input: { content: "What is 1 + 2?" } })];
  const created = await journalWriter().createRun(world.scope, run);
  if (created.kind !== "created") throw new Error(created.kind);
  await journalWriter().append({
    lease: created.lease,
    events: [
      {
        ...newEvent(runId, { type: "ModelRequestStarted", model: "demo-1" }),
        internal: { system: null, tools: null, history: [], parameters: {} },
      },
      newEvent(runId, { type: "RunContent", content: "it's 3", content_type: "str", intermediate: true }),
      {
        ...newEvent(runId, { type: "ModelRequestCompleted", model: "demo-1", ...USAGE }),
        internal: { finish_reason: "stop" },
      },
      newEvent(runId, { type: "OutputModelResponseStarted" }),
      newText(runId, "The sum "),
      newEvent(runId, { type: "RunError", content: "Down.", error_type: "model_provider_error" }),
    ],
    patches: [
      { runId, patch: { status: "ERROR", errorType: "model_provider_error", errorMessage: "Down." } },
    ],
  });
  await control.go({ runId, sessionId, agentId: "assistant" }, {});
  const events = await readRunEvents(world.scope, runId, -1, 100);
  expect(events.map(({ body }) => body).find(({ type }) => type === "RunRecovered")).toMatchObject({
    discarded_from_index: 4,
  });
  expect(await getRun(world.scope, runId)).toMatchObject({ status: "COMPLETED", content: "it's 3" });
});
