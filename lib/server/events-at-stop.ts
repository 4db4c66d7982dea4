import { SCHEDULER_SUBJECT } from "#lib/auth/scheduler-principal.ts";
import type { DurableEvent } from "#lib/core/durable-event.ts";
import type { RunLease } from "#lib/core/journal.ts";
import { isFinished, type RunStatus } from "#lib/core/run-status.ts";
import { AFTER_RUN_PIECES, type EndedRun } from "./after-run-pieces.ts";

/** Whose run stops, and what its agent wants then. */
export type StoppingRun = Pick<EndedRun, "subject" | "summarizes" | "hasBackgroundHooks">;

/**
 * What the durable engine is to hear when a subject's run ends or begins to wait for people: nothing, unless a schedule
 * waits for that, or the run has ended and wants work after its reply.
 */
export function eventsAtStop(
  lease: RunLease,
  { subject, ...wanted }: StoppingRun,
): (status: RunStatus) => readonly DurableEvent[] {
  const { organizationId, rootRunId: runId, generation } = lease;
  return (status) => {
    const events: DurableEvent[] = [];
    if (subject === SCHEDULER_SUBJECT) {
      events.push({ name: "gatehouse/run.stopped", data: { organizationId, runId, generation } });
    }
    const ended = { status, subject, recovered: generation > 1, ...wanted };
    if (isFinished(status) && AFTER_RUN_PIECES.some((piece) => piece.wants(ended))) {
      events.push({ name: "gatehouse/run.ended", data: { organizationId, runId, generation } });
    }
    return events;
  };
}
