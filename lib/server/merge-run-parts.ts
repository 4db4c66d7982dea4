import type { Scope } from "#lib/core/scope.ts";
import { compactRows } from "#lib/db/compact-rows.ts";
import { getRunPosition } from "#lib/db/runs.ts";

/** Merges what lies in pieces of an ended run's texts, so that each part is one row. */
export async function mergeRunParts(scope: Scope, runId: string): Promise<void> {
  const position = await getRunPosition(scope, runId);
  if (position === null) return;
  const { organizationId } = scope;
  await compactRows([{ organizationId, rootRunId: runId, firstIndex: 0, lastIndex: position.index }]);
}
