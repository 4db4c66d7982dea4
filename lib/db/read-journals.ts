import type { JournalEvent } from "../core/journal.ts";
import type { JsonValue } from "../core/json.ts";
import type { Scope } from "../core/scope.ts";
import { database } from "./database.ts";
import { type EventTableRow, toJournalEvent } from "./event-table-row.ts";

/** A run tree's rows in order, and by index what they keep for the server only. */
export interface RunJournal {
  events: JournalEvent[];
  internals: Map<number, JsonValue>;
}

/**
 * Reads the first `limit` rows of several run trees in one query. A tree that is gone, or another subject's, is not in
 * the answer.
 */
export async function readJournals(
  scope: Scope,
  rootRunIds: readonly string[],
  limit: number,
): Promise<Map<string, RunJournal>> {
  const journals = new Map<string, RunJournal>();
  if (rootRunIds.length === 0) return journals;
  const { rows } = await database().pool.query<
    EventTableRow & { rootRunId: string; internal: JsonValue | null }
  >(
    `SELECT r.id AS "rootRunId", e.*
     FROM "Run" r
     CROSS JOIN LATERAL (
       SELECT o."runId", o.index, o."lastIndex", o."schemaVersion", o."createdAt", o.type, o.data, o.internal
       FROM "RunEvent" o
       WHERE o."organizationId" = $1 AND o."rootRunId" = r.id
       ORDER BY o.index LIMIT $4) e
     WHERE r."organizationId" = $1 AND r.id = ANY($2::text[]) AND ($3::text IS NULL OR r.subject = $3)
     ORDER BY r.id, e.index`,
    [scope.organizationId, rootRunIds, scope.subject, limit],
  );
  for (const { rootRunId, internal, ...row } of rows) {
    const journal = journals.get(rootRunId) ?? emptyJournal();
    journal.events.push(toJournalEvent(rootRunId, row));
    if (internal !== null) journal.internals.set(row.index, internal);
    journals.set(rootRunId, journal);
  }
  return journals;
}

function emptyJournal(): RunJournal {
  return { events: [], internals: new Map() };
}
