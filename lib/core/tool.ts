import type { z } from "zod";
import type { JsonObject, JsonValue } from "./json.ts";
import type { Scope } from "./scope.ts";

/**
 * What a tool does to the world outside the run. `read` changes nothing; `idempotent` may be repeated safely;
 * `write` must happen at most once.
 */
export type ToolEffect = "read" | "idempotent" | "write";

/** The session's state as the tools of one run see it; it is saved with the run's events. */
export interface SessionStateHandle {
  get(): JsonObject;
  set(key: string, value: JsonValue): void;
  delete(key: string): void;
}

/** What a tool is told about the run that calls it. */
export interface ToolContext {
  scope: Scope;
  runId: string;
  sessionId: string;
  toolCallId: string;
  /** Aborts when the run is cancelled or the tool's time is up. */
  signal: AbortSignal;
  sessionState: SessionStateHandle;
  /** The current time in milliseconds since the epoch. */
  nowMs(): number;
}

/** A function that a model may call. The schema is what the model is told and what its arguments are checked with. */
export interface Tool<Input = unknown> {
  name: string;
  /** Shown in the form where tools are picked. */
  title: string;
  description: string;
  effect: ToolEffect;
  input: z.ZodType<Input>;
  /** Milliseconds; the runtime's default when absent. */
  timeoutMs?: number;
  /** Returns text, or JSON that the model gets as text. Throws an Error whose message the model is shown. */
  execute(input: Input, context: ToolContext): Promise<JsonValue>;
}
