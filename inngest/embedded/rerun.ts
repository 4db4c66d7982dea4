import { transaction } from "#lib/db/transaction.ts";
import { insertAuditEntry } from "#lib/db/insert-audit-entry.ts";
import { jsonObjectSchema } from "#lib/core/json.ts";
import type { Scope } from "#lib/core/scope.ts";
import type { EngineContext } from "./engine-context.ts";
import { planRun } from "./plan-runs.ts";
import { createRuns } from "./store/create-runs.ts";
import { findRun } from "./store/find-run.ts";

/**
 * Starts a run again from its event, whatever its function's idempotency and singleton keys say: a person has asked
 * for it. Returns the new run's id; null when the function is not registered or the organization has no such run.
 */
export async function rerun(context: EngineContext, scope: Scope, runId: string): Promise<string | null> {
  const run = await findRun(context.store, scope.organizationId, runId);
  const config = context.functions().find(({ id }) => id === run?.functionId);
  if (run === null || config === undefined) return null;
  const event = {
    id: run.eventId,
    name: run.eventName,
    organizationId: scope.organizationId,
    payload: jsonObjectSchema.parse(JSON.parse(run.event)),
    text: run.event,
  };
  const planned = planRun(config, event, { nowMs: context.nowMs() });
  const again = { ...planned, dedupeKey: null, singletonKey: null };
  await transaction(async (client) => {
    await createRuns({ ...context.store, db: client }, [again]);
    await insertAuditEntry(client, scope, {
      action: "durable_run.retried",
      targetType: "durable_run",
      targetId: runId,
      details: { new_id: again.id },
    });
  });
  context.wakeForCall(0);
  return again.id;
}
