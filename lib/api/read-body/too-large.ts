import { AppError } from "#lib/core/app-error.ts";

/** The 413 for a part of the body that is over its limit. `what` begins the sentence: "The request body". */
export function tooLarge(what: string, limitBytes: number): AppError {
  const limit = `${Math.floor(limitBytes / 1024 / 1024)} MB`;
  return new AppError("payload_too_large", `${what} is larger than ${limit}. Send less at once.`);
}
