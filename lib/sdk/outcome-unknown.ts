import { OutcomeUnknownError } from "#lib/core/outcome-unknown-error.ts";

/**
 * Makes the error that a tool throws when it cannot know whether it changed anything: the other side was told and gave
 * no answer. The run then asks a person; the call is never simply tried again. Every other error says that it failed.
 */
export function outcomeUnknown(message: string, cause?: unknown): Error {
  return new OutcomeUnknownError(message, cause === undefined ? undefined : { cause });
}
