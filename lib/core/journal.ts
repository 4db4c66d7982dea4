import type { DurableEvent } from "./durable-event.ts";
import type { EffectClaim, EffectEnd } from "./effect.ts";
import type { JsonObject, JsonValue } from "./json.ts";
import type { ModelUsage } from "./model-usage.ts";
import type { NewRequirement } from "./requirement.ts";
import type { RunEventBody } from "./run-event.ts";
import type { RunStatus } from "./run-status.ts";

/** A row of the journal. Numbered frames `index` to `lastIndex`; equal unless the row was compacted. */
export interface JournalEvent {
  rootRunId: string;
  runId: string;
  index: number;
  lastIndex: number;
  schemaVersion: number;
  createdAtMs: number;
  body: RunEventBody;
}

/** An event about to be written; its index is given by the commit. */
export interface NewEvent {
  runId: string;
  createdAtMs: number;
  body: RunEventBody;
  /** For the server only: never on the wire. */
  internal?: JsonValue;
}

/** Columns of a run's row that change together with an event. Absent means unchanged. */
export interface RunPatch {
  status?: RunStatus;
  content?: string;
  reasoningContent?: string;
  errorType?: string;
  errorMessage?: string;
  inputTokens?: number;
  outputTokens?: number;
  totalTokens?: number;
  reasoningTokens?: number;
  cacheReadTokens?: number;
  cacheWriteTokens?: number;
  costMicroUsd?: number | null;
  /** The same tokens by model and role, where the run used more than its own model for its own turns. */
  modelUsage?: readonly ModelUsage[];
  timeToFirstTokenMs?: number;
  durationMs?: number;
  endedAtMs?: number;
}

/** Names one driver's hold on a run tree. A stale generation is refused by the journal. */
export interface RunLease {
  organizationId: string;
  rootRunId: string;
  generation: number;
}

/** One atomic step of a run: events, the run rows they change, and the session's new state. */
export interface AppendRequest {
  lease: RunLease;
  events: NewEvent[];
  patches?: { runId: string; patch: RunPatch }[];
  /** Replaces the session's state in the same commit. */
  sessionState?: { sessionId: string; state: JsonObject };
  /** Messages for the durable engine, written in the same commit. */
  outbox?: DurableEvent[];
  /** What the run waits for from this commit on. */
  requirements?: NewRequirement[];
  /** The run ends: what it still waits for is cancelled in the same commit. */
  cancelRequirements?: true;
  /** Tools that are about to change the world. */
  effectClaims?: EffectClaim[];
  /** What became of those claimed before. */
  effectEnds?: EffectEnd[];
}

const LEASE_LOST = Symbol.for("gatehouse.lease-lost");

/** Thrown by an append whose lease another driver has taken over. The driver must stop without a further write. */
export class LeaseLostError extends Error {
  readonly [LEASE_LOST] = true;

  constructor(rootRunId: string) {
    super(`The lease on run ${rootRunId} is held by another driver now.`);
    this.name = "LeaseLostError";
  }

  /** Whether an error is one of these. The process may have this class twice: once in Next's bundle. */
  static isInstance(error: unknown): error is LeaseLostError {
    return error instanceof Error && LEASE_LOST in error;
  }
}

/** What a run writes to. The implementation commits many runs' appends together. */
export interface JournalPort {
  /** Resolves with the index of the first event once everything is committed. Throws LeaseLostError when fenced off. */
  append(request: AppendRequest): Promise<{ firstIndex: number }>;
  /** Queues the merge of the text rows `firstIndex` to `lastIndex` of one closed part into one row. */
  compact(lease: RunLease, firstIndex: number, lastIndex: number): void;
}

/** What every frame of a run repeats; the rest of a frame is its event. */
export interface RunIdentity {
  organizationId: string;
  runId: string;
  rootRunId: string;
  parentRunId: string | null;
  sessionId: string;
  componentType: "agent" | "team" | "workflow";
  componentId: string;
  componentName: string;
  nestedDepth: number;
}
