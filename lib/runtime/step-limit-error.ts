import { RunLimitError } from "./run-limit-error.ts";

/** The error of a run that has made all the model calls it may make. */
export function stepLimitError(stepLimit: number): RunLimitError {
  return new RunLimitError(
    "run_step_limit_error",
    `The run reached its limit of ${stepLimit} model calls without an answer.`,
  );
}
