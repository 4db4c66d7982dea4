import type { AgentDefinition } from "../core/agent-definition.ts";
import type { JsonObject } from "../core/json.ts";
import type { ReasoningStep } from "../core/reasoning-step.ts";
import type { RunAttachment } from "../core/run-event.ts";
import type { Tool } from "../core/tool.ts";
import type { ToolExecution } from "../core/tool-execution.ts";
import type { EffectsAtWork } from "./effects-at-work.ts";
import type { CallDecision } from "./internal-record.ts";
import type { ToolInput } from "./parse-tool-input.ts";
import type { InputFile, RunPorts } from "./ports.ts";
import type { Reservations } from "./reservations.ts";
import type { RunLimits } from "./run-limits.ts";
import type { RunRecorder } from "./run-recorder.ts";
import type { SessionState } from "./session-state.ts";

/** One call of a turn, read and checked. */
export interface ToolCall {
  id: string;
  name: string;
  tool: Tool | undefined;
  input: ToolInput;
  /** The arguments that the model gave; absent: its hooks have prepared no others. */
  askedArgs?: JsonObject;
  /** Which time it is begun; 1 unless a person has said that it did not happen before. */
  attempt: number;
  /** The call as a person has left it; absent when it has waited for nobody. */
  decided?: DecidedCall;
}

/** A call that people have decided about. */
export interface DecidedCall {
  tool: ToolExecution;
  decisions: readonly CallDecision[];
}

/** What calling tools needs of its run. */
export interface ToolCallPorts {
  ports: Pick<
    RunPorts,
    | "run"
    | "scope"
    | "budget"
    | "clock"
    | "newId"
    | "approvalRules"
    | "input"
    | "blobs"
    | "toolHooks"
    | "toolCache"
  >;
  /** What the run gives its tools. */
  given: Pick<AgentDefinition, "dependencies" | "metadata">;
  limits: RunLimits;
  recorder: RunRecorder;
  sessionState: SessionState;
  effects: EffectsAtWork;
  paid: Reservations;
  /** Makes a result a part of the answer. */
  show(text: string): void;
  /** Masks what a reader is to see of it, as the answer is masked. */
  mask: (text: string) => string;
  /** Adds a step to the run's reasoning. */
  reason(step: ReasoningStep): void;
  /** Aborts when the run is to stop. */
  signal: AbortSignal;
}

/** What the model is told about a call. */
export interface ToolOutcome {
  text: string;
  isError: boolean;
  /** A person has refused the call. */
  isRefused?: boolean;
  /** Files that the result brings, and how the journal refers to each. */
  files?: readonly InputFile[];
  media?: readonly RunAttachment[];
  /** The run ends with this call. */
  stops?: boolean;
}
