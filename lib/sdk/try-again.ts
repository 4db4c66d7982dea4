import { TryAgainError } from "#lib/core/try-again-error.ts";

/**
 * Makes the error that a tool throws when the model is to call it again, and differently: `guidance` tells the model how.
 * It says that nothing has been done.
 */
export function tryAgain(guidance: string, cause?: unknown): Error {
  return new TryAgainError(guidance, cause === undefined ? undefined : { cause });
}
