import type { Scope } from "#lib/core/scope.ts";
import { getRunSummary } from "#lib/db/runs.ts";

/** The session that a run belongs to; null when the caller has no such run. */
export async function findRunSession(scope: Scope, runId: string): Promise<string | null> {
  return (await getRunSummary(scope, runId))?.sessionId ?? null;
}
