import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import { getDurableRun } from "#lib/server/get-durable-run.ts";
import { requireEmbeddedEngine } from "./require-embedded-engine.ts";

/**
 * Starts a job that failed or was cancelled once more, from the same event, and returns the new job's id.
 * Throws not_found, and `conflict` for one that is not over, went well, or whose function is no more.
 */
export async function retryDurableRun(scope: Scope, id: string): Promise<string> {
  const engine = requireEmbeddedEngine();
  const run = await getDurableRun(scope, id);
  switch (run.status) {
    case "failed":
    case "cancelled":
      break;
    case "completed":
      throw new AppError("conflict", "The durable run went well; there is nothing to run again.");
    case "queued":
    case "running":
    case "waiting":
      throw new AppError("conflict", "The durable run is still under way. Cancel it first.");
  }
  const made = await engine.rerun(scope, id);
  if (made === null) {
    throw new AppError("conflict", `This version of Gatehouse has no function ${run.function} any more.`);
  }
  return made;
}
