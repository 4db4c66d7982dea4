import { compactPart } from "../core/compact-part.ts";
import { storableJson } from "../core/storable-json.ts";
import { database } from "./database.ts";
import { type EventTableRow, toJournalEvent } from "./event-table-row.ts";

/** A range of a journal in which every text and reasoning part is closed. */
export interface ClosedRange {
  organizationId: string;
  rootRunId: string;
  firstIndex: number;
  lastIndex: number;
}

// The first row of a part takes the whole text and the others go, in one statement: a reader sees either all pieces
// or the one row. A part whose rows somebody else has merged differently meanwhile is left alone.
const COMPACT = `
WITH part AS MATERIALIZED (SELECT * FROM json_to_recordset($1::json)
  AS p(org text, root text, first int, last int, data json)),
merged AS (
  UPDATE "RunEvent" e SET "lastIndex" = p.last, data = p.data FROM part p
  WHERE e."organizationId" = p.org AND e."rootRunId" = p.root AND e.index = p.first AND e."lastIndex" < p.last
    AND NOT EXISTS (SELECT 1 FROM "RunEvent" x WHERE x."organizationId" = p.org AND x."rootRunId" = p.root
      AND x.index > p.first AND x.index <= p.last AND x."lastIndex" > p.last)
  RETURNING p.org, p.root, p.first, p.last)
DELETE FROM "RunEvent" e USING merged m
WHERE e."organizationId" = m.org AND e."rootRunId" = m.root AND e.index > m.first AND e.index <= m.last`;

/** Merges the text rows of closed parts: one read and one statement for all of the ranges. */
export async function compactRows(ranges: readonly ClosedRange[]): Promise<void> {
  const { pool } = database();
  const wanted = ranges.map((range, n) => ({
    n,
    org: range.organizationId,
    root: range.rootRunId,
    first: range.firstIndex,
    last: range.lastIndex,
  }));
  const { rows } = await pool.query<EventTableRow & { n: number }>(
    `SELECT q.n, e."runId", e.index, e."lastIndex", e."schemaVersion", e."createdAt", e.type, e.data
     FROM json_to_recordset($1::json) AS q(n int, org text, root text, first int, last int)
     JOIN "RunEvent" e ON e."organizationId" = q.org AND e."rootRunId" = q.root
       AND e.index >= q.first AND e."lastIndex" <= q.last
     WHERE e.internal IS NULL
     ORDER BY q.n, e.index`,
    [JSON.stringify(wanted)],
  );
  const parts = ranges.flatMap((range, n) => {
    const events = rows.filter((row) => row.n === n).map((row) => toJournalEvent(range.rootRunId, row));
    return compactPart(events).map((event) => {
      const { type: _type, ...data } = event.body;
      return {
        org: range.organizationId,
        root: range.rootRunId,
        first: event.index,
        last: event.lastIndex,
        data,
      };
    });
  });
  if (parts.length > 0) await pool.query(COMPACT, [storableJson(parts).json]);
}
