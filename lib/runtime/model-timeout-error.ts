import { ModelCallError } from "./model-call-error.ts";
import type { RunLimits } from "./run-limits.ts";
import type { ModelCallTimeout } from "./watch-model-call.ts";

/** The error of a model call that took too long. */
export function modelTimeoutError(
  provider: string,
  limits: RunLimits,
  which: ModelCallTimeout,
): ModelCallError {
  switch (which) {
    case "total":
      return timedOut(`${provider} did not finish its answer within ${seconds(limits.modelTotalMs)}.`);
    case "first_output":
      return timedOut(`${provider} did not begin to answer within ${seconds(limits.modelFirstOutputMs)}.`);
    case "stall":
      return timedOut(`${provider} stopped in the middle of its answer for ${seconds(limits.modelStallMs)}.`);
  }
}

function timedOut(sentence: string): ModelCallError {
  return new ModelCallError("model_timeout_error", `${sentence} Try again, or choose another model.`);
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} seconds`;
}
