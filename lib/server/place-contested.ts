import { AppError } from "#lib/core/app-error.ts";

/** The 409 for a run that would answer in a place in which another answer is under way. */
export function placeContested(): AppError {
  return new AppError(
    "conflict",
    "Another answer to the same question is under way. Wait until it has ended, or cancel it.",
  );
}
