import type { Scope } from "#lib/core/scope.ts";
import type { RunSummary } from "#lib/db/run-row.ts";
import { listRuns, type RunFilter } from "#lib/db/runs.ts";

/** Returns one page of the caller's runs, newest first, without payloads, and how many match in all. */
export function listRunSummaries(
  scope: Scope,
  filter: RunFilter,
  page: { limit: number; offset: number },
): Promise<{ runs: RunSummary[]; totalCount: number }> {
  return listRuns(scope, filter, { order: "newest_first", ...page });
}
