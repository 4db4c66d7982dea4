import type { ClosedRange } from "./compact-rows.ts";
import { database } from "./database.ts";
import { journalWriter } from "./journal-writer.ts";

/** How far back the sweep looks, in runs of each organization: what a crash left behind is among the newest. */
const RUNS_PER_ORGANIZATION = 200;

/**
 * Queues the compaction of finished runs whose parts still lie in pieces, because their process died first, and
 * returns how many there are. For the start of the process, after the interrupted runs were ended.
 */
export async function compactLeftovers(): Promise<number> {
  const { rows } = await database().pool.query<ClosedRange>(
    `SELECT r."organizationId", r.id AS "rootRunId", 0 AS "firstIndex", r."nextIndex" - 1 AS "lastIndex"
     FROM "Organization" o CROSS JOIN LATERAL (
       SELECT * FROM "Run" r WHERE r."organizationId" = o.id ORDER BY r.ordinal DESC LIMIT $1) r
     WHERE r.id = r."rootRunId" AND r.status IN ('COMPLETED', 'CANCELLED', 'ERROR', 'REGENERATED') AND EXISTS (
       SELECT 1 FROM "RunEvent" a JOIN "RunEvent" b ON b."organizationId" = a."organizationId"
         AND b."rootRunId" = a."rootRunId" AND b.index = a."lastIndex" + 1 AND b."runId" = a."runId" AND b.type = a.type
       WHERE a."organizationId" = r."organizationId" AND a."rootRunId" = r.id
         AND a.type IN ('RunContent', 'ReasoningContentDelta'))`,
    [RUNS_PER_ORGANIZATION],
  );
  for (const range of rows) journalWriter().compactRange(range);
  return rows.length;
}
