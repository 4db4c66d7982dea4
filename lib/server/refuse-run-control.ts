import { AppError } from "#lib/core/app-error.ts";
import type { ContinueRequest } from "#lib/core/run-request.ts";

/**
 * Refuses what a continue can ask for beside decisions: to add a message, to go on from an earlier one, to fork, to
 * answer anew. Throws bad_request, also for a place that does not exist.
 */
export function refuseRunControl(request: ContinueRequest): void {
  const { continue_from: from, input, fork, regenerate, additional_instructions: instructions } = request;
  if (from !== "end" && from !== "last_user" && !/^\d{1,9}$/.test(String(from))) {
    throw new AppError(
      "bad_request",
      `Invalid continue_from: '${from}'. Use "end", "last_user" or the index of a message.`,
    );
  }
  if (from !== "end" || input !== undefined || fork || regenerate || instructions !== undefined) {
    throw new AppError(
      "bad_request",
      "This version only continues runs that wait for people: leave out input, continue_from, fork, regenerate and additional_instructions.",
    );
  }
}
