import { AppError } from "#lib/core/app-error.ts";
import type { DurableRunDetail, DurableStep } from "#lib/core/durable-run.ts";
import type { Scope } from "#lib/core/scope.ts";
import { type DurableStepRecord, findDurableRun } from "#lib/db/durable-runs.ts";
import { durableRunOnWire } from "./durable-run-on-wire.ts";

/** One durable job with its steps. Throws not_found. */
export async function getDurableRun(scope: Scope, id: string): Promise<DurableRunDetail> {
  const found = await findDurableRun(scope, id);
  if (found === null) throw new AppError("not_found", "Durable run not found");
  const { run, eventData, steps } = found;
  return { ...durableRunOnWire(run), event_data: eventData, steps: steps.map(stepOnWire) };
}

function stepOnWire(step: DurableStepRecord): DurableStep {
  return {
    id: step.id,
    name: step.name,
    operation: step.op,
    status: STATUS[step.status],
    waits_for: step.waitsFor,
    waits_until: seconds(step.waitsUntil),
    attempts: step.attempts,
    created_at: Math.floor(step.createdAt.getTime() / 1_000),
    settled_at: seconds(step.settledAt),
    error: step.error,
  };
}

const STATUS = { WAITING: "waiting", COMPLETED: "completed", FAILED: "failed" } as const;

function seconds(date: Date | null): number | null {
  return date === null ? null : Math.floor(date.getTime() / 1_000);
}
