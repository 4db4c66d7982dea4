import type { AttemptStatus, FiringOrigin } from "#lib/core/schedule-firing.ts";
import type { HistoryRow } from "./schedule-views.ts";

/** What of a stored attempt a row is made of. */
interface StoredAttempt {
  id: string;
  attempt: number;
  status: AttemptStatus;
  origin: FiringOrigin;
  dueAt: Date | null;
  triggeredAt: Date | null;
  completedAt: Date | null;
  createdAt: Date;
  error: string | null;
  missedCount: number;
  skippedCount: number;
  runId: string | null;
  sessionId: string | null;
}

/** A stored attempt as the history shows it; `hasRun` says that the reader may open its run. */
export function historyRow(attempt: StoredAttempt, hasRun: boolean): HistoryRow {
  const { runId, sessionId, triggeredAt, completedAt } = attempt;
  const isFirst = attempt.attempt === 1;
  return {
    id: attempt.id,
    attempt: attempt.attempt,
    status: attempt.status,
    origin: attempt.origin,
    at: ((isFirst ? attempt.dueAt : null) ?? triggeredAt ?? attempt.createdAt).toISOString(),
    durationMs:
      triggeredAt === null || completedAt === null ? null : completedAt.getTime() - triggeredAt.getTime(),
    error: attempt.error,
    missedCount: attempt.missedCount,
    skippedCount: attempt.skippedCount,
    run: hasRun && runId !== null && sessionId !== null ? { runId, sessionId } : null,
  };
}
