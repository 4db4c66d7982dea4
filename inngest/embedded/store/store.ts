import type { Pool } from "pg";

/** What every statement of the engine needs. */
export interface Store {
  db: Queryable;
  /** The present moment, as SQL. The database's clock counts; a test may run ahead of it. */
  now: string;
  /** Who claims: unique for each life of an engine. */
  ownerId: string;
  /** Milliseconds for which a claim holds without being renewed. */
  leaseMs: number;
}

/** A pool, or a connection with a transaction on it. */
export type Queryable = Pick<Pool, "query">;

/** Collects a statement's values: each call adds one and returns its placeholder. */
export type Bind = (value: unknown) => string;
