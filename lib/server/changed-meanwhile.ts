import { AppError } from "#lib/core/app-error.ts";

/** The 409 of a change that was decided by a state which is no longer there. */
export function changedMeanwhile(id: string): AppError {
  return new AppError("conflict", `Component ${id} was changed by somebody else meanwhile. Load it again.`);
}
