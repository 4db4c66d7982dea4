import { AppError } from "#lib/core/app-error.ts";
import type { RunStatus } from "#lib/core/run-status.ts";

/** The 409 for a run that cannot be continued as it stands, in the wire's words. */
export function runStateConflict(status: RunStatus): AppError {
  return new AppError("conflict", sentence(status));
}

function sentence(status: RunStatus): string {
  switch (status) {
    case "PENDING":
    case "RUNNING":
      return "run is already running";
    case "COMPLETED":
      return "run is already completed";
    case "ERROR":
      return "run has errored";
    case "CANCELLED":
      return "run is already cancelled";
    case "PAUSED":
    case "REGENERATED":
      return `run is not paused (status=${status})`;
  }
}
