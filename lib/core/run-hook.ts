import type { Scope } from "./scope.ts";
import type { SessionStateHandle } from "./tool.ts";

/** What somebody asks, as hooks and guardrails see it. */
export interface CheckedInput {
  content: string;
  files: readonly { filename: string; mediaType: string }[];
}

/** What a run answers, as hooks and guardrails see it. */
export interface CheckedOutput {
  /** What was asked, as the model was told of it. */
  input: string;
  /** Text, or of a structured answer its JSON text. */
  content: string;
  /** "str", or the name of the schema that the answer fits. */
  contentType: string;
}

/** What a hook or a guardrail is told about the run. */
export interface HookContext {
  scope: Scope;
  agentId: string;
  runId: string;
  sessionId: string;
  /** The same whenever this is done for this run: after a crash it may be done twice. */
  idempotencyKey: string;
  /** Aborts when the run is cancelled or the time is up. */
  signal: AbortSignal;
  /** In the background the state can be read only: the run is over. */
  sessionState: SessionStateHandle;
  /** The current time in milliseconds since the epoch. */
  nowMs(): number;
}

interface Named {
  name: string;
  /** Shown where it is picked. */
  title: string;
  description: string;
  /** Milliseconds; the runtime's default when absent. */
  timeoutMs?: number;
}

/** Runs before the model is asked. What it returns takes the place of the question. */
export interface PreHook extends Named {
  when: "pre";
  run(input: CheckedInput, context: HookContext): Promise<{ content: string } | void>;
}

/** Runs when the answer is there. What it returns takes the place of the answer. */
export interface PostHook extends Named {
  when: "post";
  run(output: CheckedOutput, context: HookContext): Promise<{ content: string } | void>;
}

/** Code that runs before or after a run. Throws a CheckError to stop it; other errors are noted, and the run goes on. */
export type Hook = PreHook | PostHook;

/** A check in code. Throws a CheckError for what it does not let pass. */
export interface CodeGuardrail extends Named {
  checkInput?(input: CheckedInput, context: HookContext): Promise<void>;
  checkOutput?(output: CheckedOutput, context: HookContext): Promise<void>;
}
