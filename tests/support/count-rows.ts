import { openDatabase } from "#lib/db/open-database.ts";
import { serverDatabase } from "./server-database.ts";

/** Written by every process that starts, whatever is asked of it. */
const WRITTEN_BY_STARTS = new Set(["Lease"]);

const OF_ORGANIZATIONS = `WHERE "organizationId" IS NOT NULL`;
const OF_THEIR_RUNS = `WHERE "runId" IN (SELECT id FROM "DurableRun" ${OF_ORGANIZATIONS})`;

/** The engine's own clock writes rows every minute, whatever is asked: what counts is what an organization caused. */
const COUNTED: Record<string, string> = {
  DurableEvent: OF_ORGANIZATIONS,
  DurableRun: OF_ORGANIZATIONS,
  DurableJob: OF_THEIR_RUNS,
  DurablePause: OF_THEIR_RUNS,
  DurableStep: OF_THEIR_RUNS,
};

/** Counts the rows of every table of a stopped server's database, embedded or on Postgres. */
export async function countRows(dataDirectory: string): Promise<Record<string, number>> {
  const database = await openDatabase({ dataDirectory, databaseUrl: await serverDatabase(dataDirectory) });
  try {
    const { rows: tables } = await database.pool.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
    );
    const counts: Record<string, number> = {};
    for (const { name } of tables) {
      if (WRITTEN_BY_STARTS.has(name)) continue;
      const { rows } = await database.pool.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM "${name}" ${COUNTED[name] ?? ""}`,
      );
      counts[name] = rows[0]?.count ?? 0;
    }
    return counts;
  } finally {
    await database.close();
  }
}
