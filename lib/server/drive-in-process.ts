import type { Scope } from "#lib/core/scope.ts";
import type { RunOutcome } from "#lib/runtime/end-of-run.ts";
import { endCancelledPause } from "./end-cancelled-pause.ts";
import { log } from "./log.ts";
import { runDrivers } from "./run-drivers.ts";

/**
 * Drives a run in the process's registry, and ends it when it has come to wait for people while somebody was
 * cancelling it. That is looked at once the registry has let go of it: from then on who cancels ends the run themselves.
 * Rejects with what the drive rejects with.
 */
export async function driveInProcess(
  scope: Scope,
  runId: string,
  drive: (signal: AbortSignal) => Promise<RunOutcome | null>,
): Promise<void> {
  const outcome = await runDrivers().start(runId, drive);
  if (outcome?.status !== "PAUSED") return;
  await endCancelledPause(scope, runId).catch((error: unknown) =>
    log("error", "A run that waits could not be looked at; the sweep ends it if it was cancelled.", {
      runId,
      error,
    }),
  );
}
