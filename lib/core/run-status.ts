import { z } from "zod";

/** The states of a run, with the wire's names. */
export const runStatusSchema = z.enum([
  "PENDING",
  "RUNNING",
  "PAUSED",
  "COMPLETED",
  "CANCELLED",
  "ERROR",
  "REGENERATED",
]);

export type RunStatus = z.infer<typeof runStatusSchema>;

/** True when nothing will be appended to the run any more (a regenerated run had ended before). */
export function isFinished(status: RunStatus): boolean {
  switch (status) {
    case "COMPLETED":
    case "CANCELLED":
    case "ERROR":
    case "REGENERATED":
      return true;
    case "PENDING":
    case "RUNNING":
    case "PAUSED":
      return false;
  }
}
