import { openDatabase } from "#lib/db/open-database.ts";
import { serverDatabase } from "./server-database.ts";

/** Written by every process that starts, whatever is asked of it. */
const WRITTEN_BY_STARTS = new Set(["Lease"]);

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
        `SELECT count(*)::int AS count FROM "${name}"`,
      );
      counts[name] = rows[0]?.count ?? 0;
    }
    return counts;
  } finally {
    await database.close();
  }
}
