import type { RunLease } from "#lib/core/journal.ts";
import type { Scope } from "#lib/core/scope.ts";
import { driveInProcess } from "./drive-in-process.ts";
import { goOnWithRun } from "./go-on-with-run.ts";
import { log } from "./log.ts";

/**
 * Drives a run that this process has just continued, as its subject's, in the process's registry. When that fails the
 * run stands where its journal says, nobody holds it, and the sweep finds it.
 */
export function driveContinuedRun(scope: Scope, run: { subject: string | null }, lease: RunLease): void {
  const own = { ...scope, subject: run.subject };
  const { rootRunId } = lease;
  driveInProcess(own, rootRunId, (signal) => goOnWithRun(own, lease, signal)).catch((error: unknown) =>
    log("error", "A continued run's driver failed; another goes on.", { runId: rootRunId, error }),
  );
}
