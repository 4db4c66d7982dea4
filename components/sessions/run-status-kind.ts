import type { StatusKind } from "#components/ui/status.tsx";
import type { RunStatus } from "#lib/core/run-status.ts";

/** How the screen shows a run's status. */
export function runStatusKind(status: RunStatus): StatusKind {
  switch (status) {
    case "PENDING":
      return "queued";
    case "RUNNING":
      return "running";
    case "PAUSED":
      return "needs";
    case "COMPLETED":
    case "REGENERATED":
      return "done";
    case "CANCELLED":
      return "cancelled";
    case "ERROR":
      return "failed";
  }
}
