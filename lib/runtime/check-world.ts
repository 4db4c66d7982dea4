import type { AgentDefinition } from "../core/agent-definition.ts";
import type { RunPorts } from "./ports.ts";
import type { RunLimits } from "./run-limits.ts";
import type { RunRecorder } from "./run-recorder.ts";
import type { RunTotals } from "./run-totals.ts";
import type { SessionState } from "./session-state.ts";

/** What the checks of a run work with. */
export interface CheckWorld {
  definition: AgentDefinition;
  ports: RunPorts;
  limits: RunLimits;
  recorder: RunRecorder;
  sessionState: SessionState;
  /** What the run has used so far; what a check uses is added. */
  totals(): RunTotals;
  /** Aborts when the run is to stop. */
  signal: AbortSignal;
}
