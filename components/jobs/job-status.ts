import type { StatusKind } from "#components/ui/status.tsx";
import type { DurableRunStatus } from "#lib/core/durable-run.ts";

/** How the screen shows where a job stands. A wait is nobody's fault: it is shown as a queue, not as a call for help. */
export function jobStatusKind(status: DurableRunStatus): StatusKind {
  switch (status) {
    case "queued":
    case "waiting":
      return "queued";
    case "running":
      return "running";
    case "completed":
      return "done";
    case "failed":
      return "failed";
    case "cancelled":
      return "cancelled";
  }
}

/** The word beside the icon, where it is not the usual one. */
export function jobStatusLabel(status: DurableRunStatus): string | undefined {
  return status === "waiting" ? "Waiting" : undefined;
}
