import type { Scope } from "#lib/core/scope.ts";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { listDeadBoots } from "#lib/db/leases.ts";
import { claimRun, listInterruptedRuns } from "#lib/db/run-leases.ts";
import { bootId } from "./boot-id.ts";

/**
 * Ends the runs whose process is dead with a RunError of type `interrupted`, and returns how many it ended.
 * Several replicas may do this at once: the claim gives each run to one of them.
 */
export async function endInterruptedRuns(): Promise<number> {
  const runs = await listInterruptedRuns(await listDeadBoots());
  let ended = 0;
  for (const run of runs) {
    const scope: Scope = {
      organizationId: run.organizationId,
      subject: null,
      actor: { kind: "system", id: "recovery" },
    };
    const lease = await claimRun(scope, run.rootRunId, bootId());
    if (lease === null) continue;
    const nowMs = Date.now();
    await journalWriter().append({
      lease,
      events: [
        {
          runId: run.runId,
          createdAtMs: nowMs,
          body: {
            type: "RunError",
            content:
              "The server stopped while this run was under way. What it had written is kept. Ask again to continue.",
            error_type: "interrupted",
          },
        },
      ],
      patches: [
        {
          runId: run.runId,
          patch: {
            status: "ERROR",
            errorType: "interrupted",
            errorMessage: "The server stopped while this run was under way.",
            endedAtMs: nowMs,
          },
        },
      ],
    });
    ended += 1;
  }
  return ended;
}
