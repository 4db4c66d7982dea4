import type { JsonObject, JsonValue } from "#lib/core/json.ts";
import type { FunctionConfig } from "./function-config.ts";
import { makeEventId } from "./make-event-id.ts";
import { planRuns } from "./plan-runs.ts";
import type { LifecycleEvent, RunEnd } from "./store/end-run.ts";
import { storedEvent } from "./stored-event.ts";

/** The events that the end of a run causes: `inngest/function.finished`, and `.failed` or `.cancelled` with it. */
export function lifecycleEvents(
  run: { id: string; functionId: string; event: string },
  end: RunEnd,
  functions: readonly FunctionConfig[],
  nowMs: number,
): LifecycleEvent[] {
  const about: JsonObject = {
    function_id: run.functionId,
    run_id: run.id,
    event: JSON.parse(run.event) as JsonValue,
  };
  const make = (name: string, more: JsonObject): LifecycleEvent => {
    const id = makeEventId(null, 0);
    const event = storedEvent({ name, data: { ...about, ...more } }, { id, nowMs });
    return { id, name, text: event.text, isWanted: planRuns(event, functions, nowMs).length > 0 };
  };
  switch (end.status) {
    case "COMPLETED":
      return [make("inngest/function.finished", { result: JSON.parse(end.output) as JsonValue })];
    case "FAILED": {
      const error = JSON.parse(end.error) as JsonValue;
      return [make("inngest/function.failed", { error }), make("inngest/function.finished", { error })];
    }
    case "CANCELLED":
      return [make("inngest/function.cancelled", {})];
  }
}
