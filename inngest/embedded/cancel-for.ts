import { transaction } from "#lib/db/transaction.ts";
import { insertAuditEntry } from "#lib/db/insert-audit-entry.ts";
import type { Scope } from "#lib/core/scope.ts";
import { cancelRun } from "./cancel-run.ts";
import type { EngineContext } from "./engine-context.ts";
import { findRun } from "./store/find-run.ts";

/** Cancels a run of the organization because somebody has asked for it; nothing happens when there is none or it has ended. */
export async function cancelFor(context: EngineContext, scope: Scope, runId: string): Promise<void> {
  const run = await findRun(context.store, scope.organizationId, runId);
  if (run === null) return;
  await transaction(async (client) => {
    if (!(await cancelRun({ ...context, store: { ...context.store, db: client } }, run))) return;
    await insertAuditEntry(client, scope, {
      action: "durable_run.cancelled",
      targetType: "durable_run",
      targetId: runId,
    });
  });
  context.wakeForTimer(0);
}
