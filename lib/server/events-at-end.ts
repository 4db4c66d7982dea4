import { SCHEDULER_SUBJECT } from "#lib/auth/scheduler-principal.ts";
import type { DurableEvent } from "#lib/core/durable-event.ts";
import type { RunLease } from "#lib/core/journal.ts";
import type { RunStatus } from "#lib/core/run-status.ts";
import { AFTER_RUN_PIECES } from "./after-run-pieces.ts";

/**
 * What the durable engine is to hear of the end of a subject's run: nothing, unless the run wants work after its reply
 * or a schedule waits for it.
 */
export function eventsAtEnd(
  lease: RunLease,
  subject: string | null,
): (status: RunStatus) => readonly DurableEvent[] {
  const { organizationId, rootRunId: runId, generation } = lease;
  return (status) =>
    subject === SCHEDULER_SUBJECT ||
    AFTER_RUN_PIECES.some((piece) => piece.wants({ status, recovered: generation > 1 }))
      ? [{ name: "gatehouse/run.ended", data: { organizationId, runId } }]
      : [];
}
