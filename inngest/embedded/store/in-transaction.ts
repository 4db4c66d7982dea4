import type { PoolClient } from "pg";
import { database } from "#lib/db/database.ts";
import { transaction } from "#lib/db/transaction.ts";
import { plannedStatement } from "./planned-statement.ts";
import { retryDeadlock } from "./retry-deadlock.ts";
import type { Queryable } from "./store.ts";

/** Runs `work` in a transaction of its own, again after a deadlock; it must do nothing but write to the database. */
export function inTransaction<T>(work: (db: Queryable) => Promise<T>): Promise<T> {
  const isShared = database().kind === "postgres";
  return retryDeadlock(() => transaction((client) => work(isShared ? planning(client) : client)));
}

/** On Postgres each connection can afford the plans; the embedded database keeps those of one (prepared-queries.ts). */
function planning(client: PoolClient): Queryable {
  const query = (text: string, values: unknown[] = []) => client.query(plannedStatement(text, values));
  return { query } as Queryable;
}
