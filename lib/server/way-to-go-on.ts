import { AppError } from "#lib/core/app-error.ts";
import type { RunStatus } from "#lib/core/run-status.ts";
import type { RunControl } from "./read-run-control.ts";
import { runStateConflict } from "./run-state-conflict.ts";

/** Under which id a run goes on. */
export type WayToGoOn = "in_place" | "fork";

/**
 * How a run goes on that nobody has decided about. One run is one course of the model: what was answered goes on under
 * another id. Throws conflict when the run cannot go on as it stands, bad_request when it waits for people.
 */
export function wayToGoOn(status: RunStatus, { fork, regenerate, replaces }: RunControl): WayToGoOn {
  switch (status) {
    case "PENDING":
    case "RUNNING":
    case "CANCELLED":
      throw runStateConflict(status);
    case "COMPLETED":
      return "fork";
    case "ERROR":
      return fork || regenerate ? "fork" : "in_place";
    case "PAUSED":
      if (fork && !regenerate && !replaces) return "fork";
      throw new AppError(
        "bad_request",
        "This run waits for people. Send what they decide, cancel it, or set fork=true to go on from before that.",
      );
    case "REGENERATED":
      if (fork && !regenerate && !replaces) return "fork";
      throw runStateConflict(status);
  }
}
