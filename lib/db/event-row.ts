import type { JournalEvent, NewEvent } from "../core/journal.ts";
import { RUN_EVENT_SCHEMA_VERSION, type RunEventBody } from "../core/run-event.ts";
import { storableJson } from "../core/storable-json.ts";

/** An event ready to be written: serialised once, and cleaned of what the database cannot keep. */
export interface EventRow {
  runId: string;
  createdAtMs: number;
  /** The body as it will be read back. */
  body: RunEventBody;
  /** The fields of a JSON object, without its braces: see EVENT_COLUMNS. */
  json: string;
}

/** The columns of an EventRow's JSON, for json_to_recordset. `g` and `pos` say to which request it belongs, and where. */
export const EVENT_COLUMNS = "g int, pos int, run text, type text, at timestamptz, data json, internal json";

/** Prepares an event for the journal. */
export function toEventRow(event: NewEvent): EventRow {
  const { type, ...fields } = event.body;
  const data = storableJson(fields);
  const internal = event.internal === undefined ? "" : `,"internal":${storableJson(event.internal).json}`;
  const createdAtMs = Math.trunc(event.createdAtMs);
  return {
    runId: event.runId,
    createdAtMs,
    body: (data.value === fields ? event.body : { type, ...data.value }) as RunEventBody,
    json: `"run":${JSON.stringify(event.runId)},"type":"${type}","at":"${new Date(createdAtMs).toISOString()}","data":${data.json}${internal}`,
  };
}

/** The JSON array of all groups' rows; `g` is the group's place in the list. */
export function eventRowsJson(groups: readonly (readonly EventRow[])[]): string {
  const rows = groups.flatMap((group, g) => group.map((row, pos) => `{"g":${g},"pos":${pos},${row.json}}`));
  return `[${rows.join(",")}]`;
}

/** The committed rows as watchers get them. `firstIndex` is the first one's index. */
export function toJournalEvents(
  rootRunId: string,
  rows: readonly EventRow[],
  firstIndex: number,
): JournalEvent[] {
  return rows.map((row, position) => ({
    rootRunId,
    runId: row.runId,
    index: firstIndex + position,
    lastIndex: firstIndex + position,
    schemaVersion: RUN_EVENT_SCHEMA_VERSION,
    createdAtMs: row.createdAtMs,
    body: row.body,
  }));
}
