import type { NewRun } from "../plan-runs.ts";
import { newRunsSql } from "./new-runs-sql.ts";
import type { Store } from "./store.ts";

/** Creates runs on events that are stored. Returns the ids of those that were created. */
export async function createRuns({ db, now }: Store, runs: readonly NewRun[]): Promise<string[]> {
  if (runs.length === 0) return [];
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const eventIds = [...new Set(runs.map(({ eventId }) => eventId))];
  const accepted = `accepted AS (SELECT unnest(${bind(eventIds)}::text[]) AS id)`;
  const parts = [accepted, ...newRunsSql({ runs, accepted: "accepted", now, bind })];
  const { rows } = await db.query<{ id: string }>(`WITH ${parts.join(",\n")} SELECT id FROM new_run`, values);
  return rows.map(({ id }) => id);
}
