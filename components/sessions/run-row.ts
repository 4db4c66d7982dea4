import type { RunStatus } from "#lib/core/run-status.ts";
import type { RunRow } from "./session-views.ts";

/** What of a stored run a row is made of. */
interface StoredRun {
  id: string;
  sessionId: string;
  inputPreview: string;
  componentName: string;
  status: RunStatus;
  totalTokens: number;
  costMicroUsd: number | null;
  durationMs: number | null;
  createdAt: Date;
}

/** A stored run as lists show it. */
export function runRow(run: StoredRun): RunRow {
  return {
    id: run.id,
    sessionId: run.sessionId,
    question: run.inputPreview,
    agentName: run.componentName,
    status: run.status,
    totalTokens: run.totalTokens,
    costMicroUsd: run.costMicroUsd,
    durationMs: run.durationMs,
    createdAt: run.createdAt.toISOString(),
  };
}
