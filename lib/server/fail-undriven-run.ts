import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import { claimRun } from "#lib/db/run-leases.ts";
import { bootId } from "./boot-id.ts";
import { endLeftRun } from "./end-left-run.ts";
import { readLeftRun } from "./read-left-run.ts";
import { resumePointOf } from "./resume-point-of.ts";

/**
 * Ends a run with a RunError that says that it could not be driven on. Does nothing to a run that has ended or that
 * somebody drives after all. `cause` is for the log.
 */
export async function failUndrivenRun(scope: Scope, runId: string, cause: unknown): Promise<void> {
  const lease = await claimRun(scope, runId, bootId());
  if (lease === null) return;
  const left = await readLeftRun(scope, lease);
  if (left === null) return;
  const sentence =
    "The server could not go on with this run, though it tried several times. What it had written is kept. Ask again to continue.";
  const why = new AppError("unavailable", sentence, { cause });
  await endLeftRun(lease, left, resumePointOf(left), { kind: "failed", cause: why });
}
