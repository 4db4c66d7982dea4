import type { z } from "zod";
import type { JsonObject, JsonValue } from "./json.ts";
import type { ReasoningStep } from "./reasoning-step.ts";
import type { Scope } from "./scope.ts";
import type { UserInputField, UserQuestion } from "./tool-execution.ts";
import type { MediaFile, ToolResult } from "./tool-result.ts";

/**
 * What a tool does to the world outside the run. `read` changes nothing; `idempotent` may be repeated safely;
 * `write` must happen at most once.
 */
export type ToolEffect = "read" | "idempotent" | "write";

/**
 * What a call of a tool waits for before anything is done; the person's side of it. With `user_input` a person fills
 * in the named fields of the arguments (an empty list: all of them), which the model is then not told of.
 * With `external_execution` the caller of the API does the work and gives the result; `silent` leaves it unsaid.
 */
export type ToolHold =
  | { kind: "confirmation" }
  | { kind: "user_input"; fields: readonly string[] }
  | { kind: "external_execution"; silent: boolean };

/** `required`: only somebody who may write approvals can decide. `audit`: whoever may, and it is kept for the record. */
export type ApprovalType = "required" | "audit";

/** What an agent asks a person by calling a tool that does nothing else. */
export type Inquiry =
  | { kind: "user_input"; fields: UserInputField[] }
  | { kind: "user_feedback"; questions: UserQuestion[] };

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
  /** The same for every attempt of this call: give it to a system that takes the same call once. */
  idempotencyKey: string;
  /** Aborts when the run is cancelled or the tool's time is up. */
  signal: AbortSignal;
  sessionState: SessionStateHandle;
  /** The files of the run's question. */
  files: readonly MediaFile[];
  /** What the run was given for its tools. The model is not told of it unless the agent wants it so. */
  dependencies: JsonObject;
  /** What the agent and the run are labelled with. */
  metadata: JsonObject;
  /** The current time in milliseconds since the epoch. */
  nowMs(): number;
}

/** What a hook is told of the run while a call is prepared. It may read the session's state; nothing is done yet. */
export type PrepareContext = Omit<ToolContext, "sessionState" | "idempotencyKey"> & {
  sessionState: Pick<SessionStateHandle, "get">;
};

/** A call of the model as a hook that prepares it sees it. */
export interface CallToPrepare {
  toolName: string;
  toolCallId: string;
  effect: ToolEffect;
  /** The hook's own copy, as the model wrote it or the hook outside has returned it: the schema comes after. */
  args: JsonObject;
  context: PrepareContext;
}

/** A call as a hook around it sees it. */
export interface HookedCall {
  toolName: string;
  toolCallId: string;
  effect: ToolEffect;
  /** The hook's own copy: what it changes in it, `next()` passes on. */
  args: JsonObject;
  context: ToolContext;
}

/** What stands before or around the calls of a tool, or both. */
export interface ToolHook {
  /** What agents call it by. */
  name: string;
  /** What people see; its name unless it is set. */
  title?: string;
  /** For whoever picks it. */
  description: string;
  /**
   * Returns the arguments that a call goes on with: those that are checked, put to a person, claimed, written down and
   * executed. Whatever it throws, the call is not made and nobody is asked: the model is shown the error. It runs when the
   * model has made the call, and again only if the process ends before the call is written down: it must change nothing.
   */
  prepare?(call: CallToPrepare): Promise<JsonObject>;
  /**
   * Returns the call's result: what `next` returns, something else, or, without calling `next`, a result of its own.
   * `next` goes on with the arguments given, which are checked like the model's; it rejects with the tool's error. A tool
   * that writes is executed once, however often `next` is called.
   */
  around?(
    call: HookedCall,
    next: (args?: JsonObject) => Promise<JsonValue | ToolResult>,
  ): Promise<JsonValue | ToolResult>;
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
  /** The most that one call may cost, in millionths of a US dollar; absent: nothing. */
  costMicroUsd?: number;
  /** Raised when the tool does something else than before under the same name: decisions on older calls lapse. */
  version?: string;
  /** What every call waits for; absent: nothing. */
  hold?: ToolHold;
  /** Absent: no approval is asked for or kept. `required` implies a confirmation where there is no hold. */
  approval?: ApprovalType;
  /** What stands around each call, outermost first; inside of what the agent puts around all its tools. */
  hooks?: readonly ToolHook[];
  /** Of a tool that reads: how long a result answers the same call of the same session, in seconds. */
  cacheTtlSeconds?: number;
  /** The run ends after a call that did not fail; the result is its answer. */
  stopAfterCall?: boolean;
  /** The result is shown as a part of the answer. */
  showResult?: boolean;
  /** For a tool with which the agent itself asks a person: the answer is its result, and it is never executed. */
  inquire?(input: Input): Inquiry;
  /** For a tool with which the agent thinks: what a call adds to the run's reasoning. */
  reasoningStep?(input: Input): ReasoningStep;
  /**
   * Returns text, JSON that the model gets as text, or either with files. Throws an Error whose message the model is
   * shown.
   */
  execute(input: Input, context: ToolContext): Promise<JsonValue | ToolResult>;
}
