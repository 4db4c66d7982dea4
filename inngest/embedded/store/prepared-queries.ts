import type { PoolClient, QueryConfig } from "pg";
import { database } from "#lib/db/database.ts";
import { plannedStatement } from "./planned-statement.ts";
import { retryDeadlock } from "./retry-deadlock.ts";
import type { Queryable } from "./store.ts";

/** Statements that the database plans once and keeps. */
export interface PreparedQueries {
  db: Queryable;
  /** Lets go of the connection that keeps them. */
  close(): Promise<void>;
}

/**
 * The embedded database makes no statistics by itself, so a plan is never made anew: what was right for an empty table
 * would read a full one from end to end. A new connection plans for the tables as they are.
 */
const STATEMENTS_PER_PLAN = 1_000;
const PLAN_LIFE_MS = 300_000;

/**
 * Makes the engine's way to the database: planning its statements takes several times as long as running them, so they
 * are named. A connection keeps its own; the embedded database, which does one statement at a time for all of them,
 * gets them on a single one, because a plan takes about 0.3 MB.
 */
export function preparedQueries(): PreparedQueries {
  let connection: Promise<PoolClient> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let left = 0;
  let staleAt = 0;
  let isClosed = false;

  async function onOwnConnection(config: QueryConfig): Promise<unknown> {
    if (left === 0 || performance.now() > staleAt) await renew();
    left -= 1;
    connection ??= database().pool.connect();
    const client = await connection;
    try {
      return await client.query(config);
    } catch (error) {
      // An error of SQL leaves the connection sound; anything else does not.
      if (!(error instanceof Error && "severity" in error)) {
        connection = undefined;
        client.release(true);
      }
      throw error;
    }
  }

  async function renew(): Promise<void> {
    const former = await connection?.catch(() => undefined);
    connection = undefined;
    former?.release(true);
    left = STATEMENTS_PER_PLAN;
    staleAt = performance.now() + PLAN_LIFE_MS;
  }

  function query(text: string, values: unknown[] = []): Promise<unknown> {
    // A call that outlives the engine still has its checkpoints refused.
    if (isClosed) return database().pool.query(text, values);
    const config = plannedStatement(text, values);
    if (database().kind === "postgres") return retryDeadlock(() => database().pool.query(config));
    const result = last.then(() => onOwnConnection(config));
    last = result.catch(() => {});
    return result;
  }

  return {
    db: { query } as Queryable,
    async close() {
      isClosed = true;
      await last;
      await renew();
    },
  };
}
