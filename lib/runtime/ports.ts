import type { LanguageModelV4, LanguageModelV4Message, LanguageModelV4Middleware } from "@ai-sdk/provider";
import type { ApprovalRule } from "../core/approval-policy.ts";
import type { DurableEvent } from "../core/durable-event.ts";
import type { JournalPort, RunIdentity, RunLease } from "../core/journal.ts";
import type { JsonObject, JsonValue } from "../core/json.ts";
import type { ModelReference } from "../core/model-reference.ts";
import type { TokenUsage } from "../core/run-metrics.ts";
import type { RunInput } from "../core/run-event.ts";
import type { CodeGuardrail, Hook } from "../core/run-hook.ts";
import type { Scope } from "../core/scope.ts";
import type { Cap, ReserveResult, SpendingAsk, SpendingEnd } from "../core/spending.ts";
import type { Tool, ToolHook } from "../core/tool.ts";
import type { MediaFile } from "../core/tool-result.ts";
import type { JournalInternals } from "./internal-record.ts";
import type { ResumePoint } from "./resume-point.ts";
import type { RunLimits } from "./run-limits.ts";

/** Time, as the runtime sees it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** Milliseconds that never jump, for durations. */
  monotonicMs(): number;
  /** Calls back after `delayMs`; the returned function cancels. */
  after(delayMs: number, callback: () => void): () => void;
}

/** A model ready to be called, with what the journal and the wire say about it. */
export interface BoundModel {
  /** Spec V4 of the AI SDK's providers. */
  model: LanguageModelV4;
  /** The vendor's model id, `model` on the wire. */
  id: string;
  /** The vendor's name as the wire shows it, `model_provider`. */
  provider: string;
  /** The price of a usage in millionths of a US dollar, or null where no price is known. */
  costMicroUsd(usage: TokenUsage): number | null;
  /** What it takes of an answer's JSON schema: the schema itself, that there is to be JSON, or words alone. */
  structuredOutput: "schema" | "json" | "prompt";
}

/** What keeps a run's model calls and paid tools within the budgets that count for it. */
export interface BudgetPort {
  /** The caps that count for the run now: mostly none, and then nothing else is asked of this. */
  caps(): Promise<readonly Cap[]>;
  /** Sets money aside under all caps at once, or says that there is no room. Throws LeaseLostError when fenced off. */
  reserve(caps: readonly Cap[], ask: SpendingAsk): Promise<ReserveResult>;
  /** Says how the call ended; what was set aside and not spent is free again. Only the first end of a call counts. */
  end(id: string, end: SpendingEnd): Promise<void>;
}

/** Bytes of a prompt's system part, stored once under their hash. */
export interface BlobPort {
  /** Stores text and returns its SHA-256 in lower-case hex. Storing the same text again is free. */
  putText(text: string, mediaType: string): Promise<string>;
  /** Stores bytes and returns their SHA-256 likewise. */
  putBytes(bytes: Uint8Array, mediaType: string): Promise<string>;
}

/** Results of tools that read, kept for the same calls. */
export interface ToolCachePort {
  /** The result kept under a key; undefined when there is none, or none any more. */
  find(key: string): Promise<{ result: JsonValue } | undefined>;
  keep(key: string, result: JsonValue, ttlSeconds: number): Promise<void>;
}

/** A finished earlier run of the same session, as the model is told of it. */
export interface HistoryRun {
  runId: string;
  messages: LanguageModelV4Message[];
}

/** A file of the question, with its bytes. */
export type InputFile = MediaFile;

/** What guardrails and hooks need of the world: their code by name, and who moderates. */
export interface CheckPorts {
  guardrail(name: string): CodeGuardrail | undefined;
  hook(name: string): Hook | undefined;
  /** The categories that a provider flags in a text and images; none when it has nothing against them. */
  moderate(asked: {
    model: ModelReference;
    text: string;
    images: readonly InputFile[];
    signal: AbortSignal;
  }): Promise<string[]>;
}

/** What an earlier driver of a run has left in its journal. */
export interface Resumption {
  point: ResumePoint;
  internals: JournalInternals;
  /** The system part's text as it was sent before; null when no model call was begun. */
  system: string | null;
  /** Bytes of what its tools have brought, by hash. One that is missing is only named. */
  files?: ReadonlyMap<string, Uint8Array>;
}

/** Everything that a run needs from the world. */
export interface RunPorts {
  scope: Scope;
  run: RunIdentity;
  lease: RunLease;
  journal: JournalPort;
  blobs: BlobPort;
  model: BoundModel;
  /** Makes a model ready that stands in for the run's own. Throws AppError when it is not there. */
  bindModel(reference: ModelReference): Promise<BoundModel>;
  tools: readonly Tool[];
  /** What the agent puts around all calls of its tools, outermost first; absent: nothing. */
  toolHooks?: readonly ToolHook[];
  /** Absent: no result is kept. */
  toolCache?: ToolCachePort;
  budget: BudgetPort;
  /** The policies under which calls of tools wait for an approval, the first to count first. */
  approvalRules(): Promise<readonly ApprovalRule[]>;
  clock: Clock;
  newId(): string;
  /** Aborts on a cancel command; with a HandOver as its reason when the run is to go on elsewhere. */
  signal: AbortSignal;
  /** Oldest first. */
  history: readonly HistoryRun[];
  input: { content: string; files: readonly InputFile[]; screened?: RunInput["screened"] };
  /** Absent: the agent has neither hooks nor guardrails in code, and nobody moderates. */
  checks?: CheckPorts;
  /** Around each call of a model, the outermost first. */
  middleware?: readonly LanguageModelV4Middleware[];
  /** Is told what went wrong in a hook or a guardrail: the journal has only a sentence of it. */
  onCheckFault?(fault: { runId: string; name: string; error: unknown }): void;
  sessionState: JsonObject;
  /** What the session was about before, for the model to be told; absent: nothing. */
  sessionSummary?: string;
  /** Where a run goes on that somebody drove before; absent at its first drive. */
  resumption?: Resumption;
  /** What the durable engine is to hear in the commit of the run's end or pause. */
  eventsAtStop?(status: "COMPLETED" | "CANCELLED" | "ERROR" | "PAUSED"): readonly DurableEvent[];
  /** What differs from DEFAULT_RUN_LIMITS. */
  limits?: Partial<RunLimits>;
}
