import type { PoolClient } from "pg";
import type { NewEvent } from "../core/journal.ts";
import { RUN_EVENT_SCHEMA_VERSION } from "../core/run-event.ts";
import { database } from "./database.ts";
import { EVENT_COLUMNS, eventRowsJson, toEventRow, toJournalEvents } from "./event-row.ts";
import { journalBus } from "./journal-bus.ts";
import { JOURNAL_CHANNEL } from "./journal-listener.ts";
import { journalWriter } from "./journal-writer.ts";

/** A root run whose row the transaction has locked. */
export interface LockedRun {
  organizationId: string;
  id: string;
  nextIndex: number;
}

/**
 * Appends one event to the journal of a run that nobody drives, in the transaction that has locked its row. Once that
 * is committed, `publishLocked` tells the watchers.
 */
export async function appendLocked(client: PoolClient, run: LockedRun, event: NewEvent): Promise<void> {
  await client.query(
    `INSERT INTO "RunEvent" ("organizationId", "rootRunId", index, "lastIndex", "runId", type, "schemaVersion", data,
       internal, "createdAt")
     SELECT $1, $2, $3, $3, e.run, e.type, ${RUN_EVENT_SCHEMA_VERSION}, e.data, e.internal, e.at
     FROM json_to_recordset($4::json) AS e(${EVENT_COLUMNS})`,
    [run.organizationId, run.id, run.nextIndex, eventRowsJson([[toEventRow(event)]])],
  );
  await client.query(
    `UPDATE "Run" SET "nextIndex" = $3, "updatedAt" = now() WHERE "organizationId" = $1 AND id = $2`,
    [run.organizationId, run.id, run.nextIndex + 1],
  );
  if (database().kind === "embedded") return;
  await client.query(`SELECT pg_notify('${JOURNAL_CHANNEL}', concat_ws(' ', $1::text, $2::text, $3::text))`, [
    journalWriter().origin,
    run.organizationId,
    run.id,
  ]);
}

/** Tells the watchers in this process of an event that `appendLocked` has written. */
export function publishLocked(run: LockedRun, event: NewEvent): void {
  journalBus().publish(
    run.organizationId,
    run.id,
    toJournalEvents(run.id, [toEventRow(event)], run.nextIndex),
  );
}
