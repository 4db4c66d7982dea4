import type { StatusKind } from "#components/ui/status.tsx";
import type { AttemptStatus } from "#lib/core/schedule-firing.ts";

/** How the screen shows the state of an attempt. */
export function attemptStatus(status: AttemptStatus): { kind: StatusKind; label?: string } {
  switch (status) {
    case "queued":
      return { kind: "queued" };
    case "running":
      return { kind: "running" };
    case "success":
      return { kind: "done" };
    case "failed":
      return { kind: "failed" };
    case "timeout":
      return { kind: "failed", label: "Timed out" };
    case "paused":
      return { kind: "needs" };
  }
}
