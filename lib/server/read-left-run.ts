import type { JournalEvent, RunLease } from "#lib/core/journal.ts";
import type { JsonObject, JsonValue } from "#lib/core/json.ts";
import type { Scope } from "#lib/core/scope.ts";
import { readInternalRecords, readRunEvents } from "#lib/db/run-events.ts";
import type { RunRecord } from "#lib/db/run-row.ts";
import { getRun } from "#lib/db/runs.ts";
import { getSession } from "#lib/db/sessions.ts";

/** A run as its last driver has left it. */
export interface LeftRun {
  row: RunRecord;
  events: JournalEvent[];
  internals: ReadonlyMap<number, JsonValue>;
  sessionState: JsonObject;
}

const PAGE = 5_000;

/** Reads all that is known of a claimed run: nobody else can add to it. Null when it was deleted meanwhile. */
export async function readLeftRun(scope: Scope, lease: RunLease): Promise<LeftRun | null> {
  const { rootRunId } = lease;
  const row = await getRun(scope, rootRunId);
  if (row === null) return null;
  const [events, records, session] = await Promise.all([
    readWholeJournal(scope, rootRunId),
    readInternalRecords(scope, rootRunId),
    getSession(scope, row.sessionId),
  ]);
  return {
    row,
    events,
    internals: new Map(records.map((record) => [record.index, record.internal])),
    sessionState: session?.state ?? {},
  };
}

async function readWholeJournal(scope: Scope, rootRunId: string): Promise<JournalEvent[]> {
  const events: JournalEvent[] = [];
  for (;;) {
    const page = await readRunEvents(scope, rootRunId, events.at(-1)?.lastIndex ?? -1, PAGE);
    events.push(...page);
    if (page.length < PAGE) return events;
  }
}
