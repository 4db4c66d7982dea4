import { StopRunError } from "#lib/core/stop-run-error.ts";

/**
 * Makes the error that a tool or a hook throws when the run is to end with it: `answer` becomes the run's answer, and the
 * model is not asked again. The other calls of the same turn are made to their end.
 */
export function stopRun(answer: string, cause?: unknown): Error {
  return new StopRunError(answer, cause === undefined ? undefined : { cause });
}
