import { AppError } from "#lib/core/app-error.ts";

/** The 409 of a change to a schedule that somebody else changed or deleted in the same moment. */
export function scheduleChangedMeanwhile(): AppError {
  return new AppError("conflict", "Somebody else changed this schedule meanwhile. Load it again.");
}
