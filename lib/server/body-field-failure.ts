import type { AppError } from "#lib/core/app-error.ts";
import { validationFailure } from "#lib/core/validation-failure.ts";

/** The error of a body whose field does not fit what is stored, shown at that field. */
export function bodyFieldFailure(field: string, msg: string): AppError {
  return validationFailure([{ type: "value_error", loc: ["body", field], msg, input: null }]);
}
