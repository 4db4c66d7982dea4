import type { JsonObject } from "#lib/core/json.ts";
import type { EngineContext } from "./engine-context.ts";
import { makeEventId } from "./make-event-id.ts";
import { planRun } from "./plan-runs.ts";
import { acceptEvents } from "./store/accept-events.ts";
import type { ClaimedCall } from "./store/claim-calls.ts";
import { createRuns } from "./store/create-runs.ts";
import { settlePauses } from "./store/settle-pauses.ts";
import { insertPause } from "./store/signal-pauses.ts";
import { storedEvent } from "./stored-event.ts";

interface Invocation {
  stepId: string;
  functionId: string;
  payload: {
    data?: JsonObject | null | undefined;
    v?: string | null | undefined;
    meta?: JsonObject | null | undefined;
  };
}

/** Starts the run of an invoked function and makes the caller's step wait for its end, within a transaction. */
export async function openInvocation(
  context: EngineContext,
  call: ClaimedCall,
  { stepId, functionId, payload }: Invocation,
): Promise<void> {
  const nowMs = context.nowMs();
  const sent = { ...payload, name: "inngest/function.invoked", data: payload.data ?? {} };
  const event = storedEvent(sent, { id: makeEventId(null, 0), nowMs, organizationId: call.organizationId });
  const config = context.functions().find(({ id }) => id === functionId);
  const run = config === undefined ? null : planRun(config, event, { nowMs });
  await insertPause(context.store, { runId: call.runId, stepId, kind: "invoke", name: run?.id ?? "" });
  await acceptEvents(context.store, { events: [event], runs: [], ended: [] });
  const created = await createRuns(context.store, run === null ? [] : [run]);
  if (created.length > 0) return;
  const state = `{"error":{"message":"The invoked function was not started.","name":"Error"}}`;
  await settlePauses(context.store, [{ id: `${call.runId}:${stepId}`, status: "FAILED", state }]);
}
