import type { ActionResult } from "#lib/core/action-result.ts";
import { AppError } from "#lib/core/app-error.ts";
import { log } from "./log.ts";

/** Does a button's work and answers null, or the sentence to show; what is unexpected goes to the log only. */
export async function runAction(work: () => Promise<void>): Promise<ActionResult> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof AppError) return { failure: error.message };
    log("error", "An action could not be done.", { error });
    return { failure: "Something went wrong on the server. Nothing was changed. Try again." };
  }
}
