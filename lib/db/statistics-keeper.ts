import type { Pool } from "pg";
import { database } from "./database.ts";

/** The runs that this process must have created before a look at the statistics is worth while. */
const LOOK_AFTER_RUNS = 500;
/** Known to be this large, a table is searched through its primary key; a smaller one would be read whole. */
const ENOUGH_ROWS = 400;

const JOURNAL_TABLES = ["Session", "Run", "RunEvent"];

/**
 * Returns a function that is told how many runs were created and, once, has the journal's tables analysed if the
 * database still takes them for empty. A new database plans its foreign-key checks while the tables are empty, where
 * every index looks alike, and keeps these plans: it would read all runs of an organization for every event
 * until something analyses the tables, which the embedded database does at night only.
 */
export function statisticsKeeper(): (createdRuns: number) => Promise<void> {
  // By database: a process has one for life, but tests and benchmarks open several.
  let counted: Pool | null = null;
  let created = 0;
  let looked = false;
  return async (createdRuns) => {
    const { pool } = database();
    if (pool !== counted) [counted, created, looked] = [pool, 0, false];
    created += createdRuns;
    if (looked || created < LOOK_AFTER_RUNS) return;
    looked = true;
    const { rows } = await pool.query<{ unknown: boolean }>(
      `SELECT bool_or(c.reltuples < $2) AS unknown FROM pg_class c
       WHERE c.oid = ANY(SELECT to_regclass(quote_ident(name)) FROM unnest($1::text[]) AS name)`,
      [JOURNAL_TABLES, ENOUGH_ROWS],
    );
    if (rows[0]?.unknown === true) {
      await pool.query(`ANALYZE ${JOURNAL_TABLES.map((table) => `"${table}"`).join(", ")}`);
    }
  };
}
