import type { AttemptStatus, FiringOrigin } from "#lib/core/schedule-firing.ts";

/** What a schedule calls, as lists show it: an agent by its name, else the call itself. */
export interface ScheduleTarget {
  label: string;
  /** The page of what it runs; null for a call, and for an agent that is gone. */
  agentId: string | null;
  /** It runs an agent that there is not any more. */
  isGone: boolean;
}

/** A schedule as the list shows it. Times are ISO 8601. */
export interface ScheduleRow {
  id: string;
  name: string;
  target: ScheduleTarget;
  /** In words. */
  when: string;
  timeZone: string;
  enabled: boolean;
  nextRunAt: string | null;
  latest: { status: AttemptStatus; at: string } | null;
}

/** An attempt as the history shows it. Times are ISO 8601. */
export interface HistoryRow {
  id: string;
  attempt: number;
  status: AttemptStatus;
  origin: FiringOrigin;
  at: string;
  durationMs: number | null;
  error: string | null;
  missedCount: number;
  skippedCount: number;
  /** Null when it started no run, or none that the reader may open. */
  run: { runId: string; sessionId: string } | null;
}
