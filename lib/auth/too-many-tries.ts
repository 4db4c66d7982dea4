import { AppError } from "#lib/core/app-error.ts";

/** The refusal of somebody who has to wait before the next try. */
export function tooManyTries(waitSeconds: number): AppError {
  return new AppError("rate_limited", `Too many tries. Wait ${waitSeconds} s, then try again.`, {
    headers: { "retry-after": String(waitSeconds) },
  });
}
