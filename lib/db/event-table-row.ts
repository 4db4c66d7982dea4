import type { JournalEvent } from "../core/journal.ts";
import type { RunEventBody } from "../core/run-event.ts";

/** A row of "RunEvent" as queries select it. */
export interface EventTableRow {
  runId: string;
  index: number;
  lastIndex: number;
  schemaVersion: number;
  createdAt: Date;
  type: string;
  data: object;
}

/** Makes the event of a row. The writer is the only one who writes rows, typed, so the body is taken as it is. */
export function toJournalEvent(rootRunId: string, row: EventTableRow): JournalEvent {
  return {
    rootRunId,
    runId: row.runId,
    index: row.index,
    lastIndex: row.lastIndex,
    schemaVersion: row.schemaVersion,
    createdAtMs: row.createdAt.getTime(),
    body: { type: row.type, ...row.data } as RunEventBody,
  };
}
