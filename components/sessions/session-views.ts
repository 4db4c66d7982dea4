import type { RunStatus } from "#lib/core/run-status.ts";

/** A session as the list shows it. Times are ISO 8601. */
export interface SessionRow {
  id: string;
  name: string;
  agentName: string;
  runCount: number;
  lastStatus: RunStatus | null;
  totalTokens: number;
  /** Millionths of a US dollar; null where no run's model has a known price. */
  costMicroUsd: number | null;
  updatedAt: string;
}

/** A run as lists show it. Times are ISO 8601. */
export interface RunRow {
  id: string;
  sessionId: string;
  question: string;
  agentName: string;
  status: RunStatus;
  totalTokens: number;
  costMicroUsd: number | null;
  durationMs: number | null;
  createdAt: string;
}
