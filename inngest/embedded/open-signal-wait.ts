import type { EngineContext } from "./engine-context.ts";
import { settlePauses } from "./store/settle-pauses.ts";
import { findSignalPauses, insertPause } from "./store/signal-pauses.ts";

/**
 * Opens a run's wait for a signal, within a transaction. Where somebody waits for it already, either that wait ends
 * with nothing or, unless `replaces`, this one fails.
 */
export async function openSignalWait(
  context: EngineContext,
  { runId, stepId }: { runId: string; stepId: string },
  { signal, replaces }: { signal: string; replaces: boolean },
): Promise<void> {
  const others = await findSignalPauses(context.store, signal);
  await insertPause(context.store, { runId, stepId, kind: "signal", name: signal });
  if (others.length === 0) return;
  if (replaces) {
    const nothing = { status: "COMPLETED", state: `{"data":null}` } as const;
    await settlePauses(
      context.store,
      others.map((id) => ({ id, ...nothing })),
    );
  } else {
    const state = `{"error":{"message":"Another run is waiting for this signal.","name":"Error"}}`;
    await settlePauses(context.store, [{ id: `${runId}:${stepId}`, status: "FAILED", state }]);
  }
}
