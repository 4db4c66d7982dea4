import type { EngineContext } from "./engine-context.ts";
import { lifecycleEvents } from "./lifecycle-events.ts";
import { endRun } from "./store/end-run.ts";

/** Cancels a run that has not ended; false when it has. `event` is the text of the event that started it. */
export async function cancelRun(
  context: EngineContext,
  run: { id: string; functionId: string; event: string },
): Promise<boolean> {
  const end = { status: "CANCELLED" } as const;
  const events = lifecycleEvents(run, end, context.functions(), context.nowMs());
  const { ends } = await endRun(context.store, { from: { runId: run.id }, end, events });
  return ends;
}
