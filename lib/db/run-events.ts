import type { JournalEvent } from "../core/journal.ts";
import type { JsonValue } from "../core/json.ts";
import type { RunEventBody } from "../core/run-event.ts";
import type { Scope } from "../core/scope.ts";
import { sliceEvent } from "../core/slice-event.ts";
import { database } from "./database.ts";
import { type EventTableRow, toJournalEvent } from "./event-table-row.ts";

/**
 * Reads up to `limit` rows of a run tree's journal after the cursor `afterIndex` (-1: from the beginning), in order.
 * A cursor inside a compacted row gets the rest of that row first. Another subject's run has no rows.
 */
export async function readRunEvents(
  scope: Scope,
  rootRunId: string,
  afterIndex: number,
  limit: number,
): Promise<JournalEvent[]> {
  // The row that holds index afterIndex + 1 may begin long before it: its place is found through the primary key.
  const { rows } = await database().pool.query<EventTableRow>(
    `SELECT e."runId", e.index, e."lastIndex", e."schemaVersion", e."createdAt", e.type, e.data
     FROM "RunEvent" e
     JOIN "Run" r ON r."organizationId" = e."organizationId" AND r.id = e."rootRunId"
     WHERE e."organizationId" = $1 AND e."rootRunId" = $2 AND e."lastIndex" > $3
       AND e.index >= COALESCE((SELECT max(s.index) FROM "RunEvent" s
         WHERE s."organizationId" = $1 AND s."rootRunId" = $2 AND s.index <= $3 + 1), 0)
       AND ($4::text IS NULL OR r.subject = $4)
     ORDER BY e.index LIMIT $5`,
    [scope.organizationId, rootRunId, afterIndex, scope.subject, limit],
  );
  return rows.flatMap((row) => sliceEvent(toJournalEvent(rootRunId, row), afterIndex) ?? []);
}

/** What a journal row keeps for the server only, such as the prompt as sent. */
export interface InternalRecord {
  runId: string;
  index: number;
  type: RunEventBody["type"];
  internal: JsonValue;
}

/** Reads what the rows of a run tree keep for the server only, in order. Another subject's run has none. */
export async function readInternalRecords(scope: Scope, rootRunId: string): Promise<InternalRecord[]> {
  const { rows } = await database().pool.query<InternalRecord>(
    `SELECT e."runId", e.index, e.type, e.internal
     FROM "RunEvent" e
     JOIN "Run" r ON r."organizationId" = e."organizationId" AND r.id = e."rootRunId"
     WHERE e."organizationId" = $1 AND e."rootRunId" = $2 AND e.internal IS NOT NULL
       AND ($3::text IS NULL OR r.subject = $3)
     ORDER BY e.index`,
    [scope.organizationId, rootRunId, scope.subject],
  );
  return rows;
}

/**
 * Where a run went on last after people had decided; null when it never did, when only the run did that it was forked
 * from, or when it is another subject's.
 */
export async function lastContinuedIndex(scope: Scope, rootRunId: string): Promise<number | null> {
  const { rows } = await database().pool.query<{ index: number; decided: boolean; forked: boolean }>(
    `SELECT e.index, json_array_length(e.data -> 'tools') > 0 AS decided,
       COALESCE((e.data ->> 'forked')::boolean, false) AS forked
     FROM "RunEvent" e
     JOIN "Run" r ON r."organizationId" = e."organizationId" AND r.id = e."rootRunId"
     WHERE e."organizationId" = $1 AND e."rootRunId" = $2 AND e."runId" = $2 AND e.type = 'RunContinued'
       AND ($3::text IS NULL OR r.subject = $3)
     ORDER BY e.index DESC`,
    [scope.organizationId, rootRunId, scope.subject],
  );
  const last = rows.find(({ decided, forked }) => decided || forked);
  return last === undefined || last.forked ? null : last.index;
}
