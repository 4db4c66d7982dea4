import { handOverRuns } from "#lib/db/run-requests.ts";
import type { RunOutcome } from "#lib/runtime/end-of-run.ts";
import { bootId } from "./boot-id.ts";
import { type ClaimedRun, driveClaimedRun } from "./drive-claimed-run.ts";
import { log } from "./log.ts";

/**
 * Drives a run that this process has just created, to its end or its first pause, and returns what came of it. Never
 * rejects: when the journal fails, the run is handed to another driver, which goes on where the journal says, and null
 * is returned; when not even that can be written, the sweep finds it.
 */
export async function driveNewRun(run: ClaimedRun): Promise<RunOutcome | null> {
  try {
    return await driveClaimedRun(run);
  } catch (error) {
    const { runId } = run.run;
    log("error", "A run's driver failed; another goes on.", { runId, error });
    await handOverRuns(bootId(), [runId]).catch((second: unknown) =>
      log("error", "A run could not be handed over; the sweep will find it.", { runId, second }),
    );
    return null;
  }
}
