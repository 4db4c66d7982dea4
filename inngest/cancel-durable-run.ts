import { AppError } from "#lib/core/app-error.ts";
import { durableEventSchema } from "#lib/core/durable-event.ts";
import { isDurableRunOver } from "#lib/core/durable-run.ts";
import type { Scope } from "#lib/core/scope.ts";
import { cancelRun } from "#lib/server/cancel-run.ts";
import { getDurableRun } from "#lib/server/get-durable-run.ts";
import { requireEmbeddedEngine } from "./require-embedded-engine.ts";

/**
 * Stops a durable job. One that drives an agent's run is not taken away under it: the run is cancelled, and the job
 * ends with it. Throws not_found, and `conflict` when the job is over or an Inngest server's.
 */
export async function cancelDurableRun(scope: Scope, id: string): Promise<void> {
  const engine = requireEmbeddedEngine();
  const run = await getDurableRun(scope, id);
  if (isDurableRunOver(run.status)) {
    throw new AppError("conflict", `The durable run is ${run.status} already and cannot be cancelled.`);
  }
  const event = durableEventSchema.safeParse({ name: run.event, data: run.event_data });
  if (event.success && event.data.name === "gatehouse/run.requested") {
    await cancelRun(scope, event.data.data.runId, undefined);
  } else await engine.cancelRun(scope, id);
}
