import type { JsonObject, JsonValue } from "#lib/core/json.ts";
import type { FunctionConfig } from "./function-config.ts";
import { makeEventId } from "./make-event-id.ts";
import { planRuns } from "./plan-runs.ts";
import type { LifecycleEvent, RunEnd } from "./store/end-run.ts";
import { storedEvent } from "./stored-event.ts";

/** A run that was started by one of these tells nobody of its end: what it started by its end could go on for ever. */
const NOT_TOLD = ["inngest/function.finished", "inngest/function.failed"];

/** The events that the end of a run causes: `inngest/function.finished`, and `.failed` or `.cancelled` before it. */
export function lifecycleEvents(
  run: { id: string; functionId: string; event: string },
  end: RunEnd,
  functions: readonly FunctionConfig[],
  nowMs: number,
): LifecycleEvent[] {
  const started = JSON.parse(run.event) as JsonObject;
  if (NOT_TOLD.some((name) => name === started["name"])) return [];
  const about: JsonObject = { function_id: run.functionId, run_id: run.id, event: started };
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
    case "CANCELLED": {
      const error = { name: "Error", message: "function cancelled" };
      return [make("inngest/function.cancelled", { error }), make("inngest/function.finished", { error })];
    }
  }
}
