import { AppError } from "#lib/core/app-error.ts";

/** The 403 that names the scope which the caller lacks, in the wire's words. */
export function insufficientScope(scope: string): AppError {
  return new AppError("forbidden", `Insufficient permissions. Required scope(s): ${scope}`);
}
