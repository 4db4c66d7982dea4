import type { JsonValue } from "../core/json.ts";
import type { RunIdentity } from "../core/journal.ts";
import type { RunLineage } from "../core/run-lineage.ts";
import type { RunStatus } from "../core/run-status.ts";

/** A run as lists show it. Nothing in it grows with the length of its question or its answer. */
export interface RunSummary extends RunLineage {
  organizationId: string;
  id: string;
  rootRunId: string;
  parentRunId: string | null;
  sessionId: string;
  subject: string | null;
  componentType: RunIdentity["componentType"];
  componentId: string;
  componentName: string;
  componentVersion: number | null;
  modelProvider: string | null;
  modelId: string | null;
  status: RunStatus;
  inputPreview: string;
  errorType: string | null;
  errorMessage: string | null;
  inputTokens: number;
  outputTokens: number;
  totalTokens: number;
  reasoningTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
  /** Millionths of a US dollar; null where the model has no known price. */
  costMicroUsd: number | null;
  timeToFirstTokenMs: number | null;
  durationMs: number | null;
  cancelRequestedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  endedAt: Date | null;
}

/** A whole run, its payloads included. */
export interface RunRecord extends RunSummary {
  input: JsonValue;
  content: string | null;
  reasoningContent: string | null;
  /** One more than the last index of the journal; meaningful on root runs, as are the two that follow. */
  nextIndex: number;
  generation: number;
  driverBootId: string | null;
}

/** The columns of a RunSummary, for a query whose "Run" is called r. */
export const RUN_SUMMARY_COLUMNS = `r."organizationId", r.id, r."rootRunId", r."parentRunId", r."sessionId", r.subject,
  r."componentType", r."componentId", r."componentName", r."componentVersion", r."modelProvider", r."modelId",
  r.status, r."inputPreview", r."errorType", r."errorMessage", r."inputTokens", r."outputTokens", r."totalTokens",
  r."reasoningTokens", r."cacheReadTokens", r."cacheWriteTokens", r."costMicroUsd"::float8 AS "costMicroUsd",
  r."timeToFirstTokenMs", r."durationMs", r."cancelRequestedAt", r."createdAt", r."updatedAt", r."endedAt",
  r."forkedFromRunId", r."forkedFromMessageIndex", r."forkedFromSessionId", r."regeneratedFrom"`;

/** The columns of a RunRecord, for a query whose "Run" is called r. */
export const RUN_RECORD_COLUMNS = `${RUN_SUMMARY_COLUMNS}, r.input, r.content, r."reasoningContent", r."nextIndex",
  r.generation, r."driverBootId"`;

/** The part of a run that every frame of its stream repeats. */
export function runIdentityOf(run: RunSummary, nestedDepth: number): RunIdentity {
  return {
    organizationId: run.organizationId,
    runId: run.id,
    rootRunId: run.rootRunId,
    parentRunId: run.parentRunId,
    sessionId: run.sessionId,
    componentType: run.componentType,
    componentId: run.componentId,
    componentName: run.componentName,
    nestedDepth,
  };
}
