import { randomUUID } from "node:crypto";
import type { RunLease } from "#lib/core/journal.ts";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { runIdentityOf } from "#lib/db/run-row.ts";
import { type EndWithoutDriving, endRun } from "#lib/runtime/end-run.ts";
import type { ResumePoint } from "#lib/runtime/resume-point.ts";
import { SYSTEM_CLOCK } from "#lib/runtime/system-clock.ts";
import { eventsAtStop } from "./events-at-stop.ts";
import { logRunFailure } from "./log-run-failure.ts";
import type { LeftRun } from "./read-left-run.ts";

/** Ends a claimed run where its last driver has left it. Rejects only when the journal fails. */
export async function endLeftRun(
  lease: RunLease,
  { row, sessionState }: LeftRun,
  point: ResumePoint,
  why: EndWithoutDriving,
): Promise<void> {
  const ports = {
    run: runIdentityOf(row, 0),
    clock: SYSTEM_CLOCK,
    newId: randomUUID,
    eventsAtStop: eventsAtStop(lease, { subject: row.subject, summarizes: false, hasBackgroundHooks: false }),
  };
  const outcome = await endRun({ ports, lease, journal: journalWriter(), point, sessionState }, why);
  logRunFailure(row.id, outcome);
}
