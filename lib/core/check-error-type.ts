import type { CheckPhase } from "./guardrail.ts";

/** The wire's `error_type` of a run that a check has stopped. */
export function checkErrorType(phase: CheckPhase): "input_check_error" | "output_check_error" {
  return phase === "input" ? "input_check_error" : "output_check_error";
}

/** Which of the two a run's error type is; null for every other. */
export function checkPhaseOf(errorType: string | null | undefined): CheckPhase | null {
  if (errorType === "input_check_error") return "input";
  return errorType === "output_check_error" ? "output" : null;
}
