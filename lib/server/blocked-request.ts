import { AppError } from "#lib/core/app-error.ts";
import { checkErrorType } from "#lib/core/check-error-type.ts";
import type { CheckError } from "#lib/core/check-error.ts";

/** What a check does not let through, as the answer to a request: 400 with the sentence, the trigger and the data. */
export function blockedRequest({ message, phase, trigger, data }: CheckError): AppError {
  return new AppError("bad_request", message, {
    details: {
      error_type: checkErrorType(phase),
      error_id: trigger,
      ...(data === undefined ? {} : { additional_data: data }),
    },
  });
}
