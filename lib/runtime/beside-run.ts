import type { AgentDefinition } from "../core/agent-definition.ts";
import type { RunPorts } from "./ports.ts";
import type { RunLimits } from "./run-limits.ts";
import type { RunRecorder } from "./run-recorder.ts";
import type { RunTotals } from "./run-totals.ts";

/** What a helper needs that asks models beside a run's own turns. */
export interface BesideRun {
  definition: AgentDefinition;
  ports: Pick<RunPorts, "model" | "bindModel" | "budget" | "clock" | "signal" | "middleware">;
  limits: RunLimits;
  recorder: Pick<RunRecorder, "record">;
  totals: RunTotals;
  /** Masks what is said; undefined: it goes out as it comes. */
  mask: ((text: string) => string) | undefined;
  /** Aborts when the run is to stop, for whatever reason. */
  signal: AbortSignal;
}

/** A helper's call is worth no long wait: the run goes on without it. */
export function helperLimits(limits: RunLimits, mostMs: number): RunLimits {
  return {
    ...limits,
    modelTotalMs: Math.min(limits.modelTotalMs, mostMs),
    modelFirstOutputMs: Math.min(limits.modelFirstOutputMs, mostMs),
    modelRetries: 0,
  };
}
