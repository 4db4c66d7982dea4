import type { NewEvent, RunLease } from "../core/journal.ts";
import type { RunStatus } from "../core/run-status.ts";
import type { Scope } from "../core/scope.ts";
import { insertAuditEntry } from "./insert-audit-entry.ts";
import { lockSessionOf } from "./lock-session-of.ts";
import { appendLocked, publishLocked } from "./locked-run.ts";
import { outboxBell } from "./outbox-bell.ts";
import { requestDriver } from "./request-driver.ts";
import { takePlace } from "./take-place.ts";
import { transaction } from "./transaction.ts";

/** A failed run to go on with under its own id. */
export interface ContinueFailedRun {
  runId: string;
  /** One more than the last index of the journal that the caller has read. */
  nextIndex: number;
  /** What says from where it goes on, and with what. */
  events: readonly NewEvent[];
  /** The process that drives it; null leaves it to the durable engine. */
  bootId: string | null;
}

/** What became of it. The lease is null when the durable engine was asked for a driver. */
export type ContinueFailedResult =
  | { kind: "continued"; lease: RunLease | null }
  /** Nothing was done: the run is not what it was. */
  | { kind: "changed"; status: RunStatus }
  /** Nothing was done: another answer is under way in its place. */
  | { kind: "contested" };

/**
 * Wakes a run that has failed, with its events, its next driver and the audit row in one transaction. What it said of
 * its failure is no more. Null when the caller has no such run.
 */
export async function continueFailedRun(
  scope: Scope,
  { runId, nextIndex, events, bootId }: ContinueFailedRun,
): Promise<ContinueFailedResult | null> {
  const { organizationId } = scope;
  const result = await transaction(async (client): Promise<ContinueFailedResult | null> => {
    await lockSessionOf(client, organizationId, runId);
    const { rows } = await client.query<{
      status: RunStatus;
      nextIndex: number;
      generation: number;
      subject: string | null;
    }>(
      `SELECT r.status, r."nextIndex", r.generation, r.subject FROM "Run" r
       WHERE r."organizationId" = $1 AND r.id = $2 AND r."rootRunId" = r.id AND ($3::text IS NULL OR r.subject = $3)
       FOR UPDATE`,
      [organizationId, runId, scope.subject],
    );
    const [run] = rows;
    if (run === undefined) return null;
    if (run.status !== "ERROR" || run.nextIndex !== nextIndex) return { kind: "changed", status: run.status };
    // It stands in the place again that it gave back when it failed.
    if (!(await takePlace(client, organizationId, { runId, takerId: runId }))) return { kind: "contested" };
    for (const [at, event] of events.entries()) {
      await appendLocked(client, { organizationId, id: runId, nextIndex: nextIndex + at }, event);
    }
    const generation = run.generation + 1;
    await client.query(
      `UPDATE "Run" SET status = $3, generation = $4, "driverBootId" = $5, "errorType" = NULL, "errorMessage" = NULL,
         "endedAt" = NULL, "durationMs" = NULL, "cancelRequestedAt" = NULL, "updatedAt" = now()
       WHERE "organizationId" = $1 AND id = $2`,
      [organizationId, runId, bootId === null ? "PENDING" : "RUNNING", generation, bootId],
    );
    await insertAuditEntry(client, scope, { action: "run.continued", targetType: "run", targetId: runId });
    const lease = { organizationId, rootRunId: runId, generation };
    if (bootId !== null) return { kind: "continued", lease };
    await requestDriver(client, { ...lease, subject: run.subject });
    return { kind: "continued", lease: null };
  });
  if (result?.kind !== "continued") return result;
  for (const [at, event] of events.entries()) {
    publishLocked({ organizationId, id: runId, nextIndex: nextIndex + at }, event);
  }
  if (result.lease === null) outboxBell().ring();
  return result;
}
