import { randomUUID } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import { type Migration, readMigrations } from "./read-migrations.ts";

interface AppliedRow {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
  rolled_back_at: Date | null;
}

// Any number that nothing else locks; the deployers of one database wait for each other on it.
const DEPLOY_LOCK = 7_777_000_001;

/** Of one migration that deadlocks with what else is at work. */
const MOST_ATTEMPTS = 5;

// Column for column the table that Prisma's own tools keep.
const CREATE_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Applies the migrations of `directory` that the database does not have yet, each in a transaction of its own, and
 * returns their names. One that Postgres gives up for a deadlock, with runs that go on meanwhile, is tried again a few
 * times. A migration that fails is rolled back and remembered as failed; it and an edited migration
 * stop every later deploy with one sentence that says what to do. Deployers of one database wait for each other.
 */
export async function deployMigrations(pool: Pool, directory: string): Promise<string[]> {
  const migrations = readMigrations(directory);
  const client = await pool.connect();
  try {
    await client.query("SET statement_timeout = 0; SET lock_timeout = 0");
    await client.query("SELECT pg_advisory_lock($1)", [DEPLOY_LOCK]);
    await client.query(CREATE_TABLE);
    const pending = await findPending(client, migrations);
    for (const migration of pending) await apply(client, migration);
    return pending.map((migration) => migration.name);
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [DEPLOY_LOCK]).catch(() => {});
    // The connection is thrown away, and with it the timeouts that were lifted for it.
    client.release(true);
  }
}

async function findPending(client: PoolClient, migrations: Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<AppliedRow>(
    `SELECT migration_name, checksum, finished_at, rolled_back_at FROM "_prisma_migrations"
     WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  const applied = new Map(rows.map((row) => [row.migration_name, row]));
  const failed = rows.find((row) => row.finished_at === null);
  if (failed !== undefined) {
    throw new Error(
      `Migration ${failed.migration_name} failed on this database and was rolled back: mend its cause, then run ` +
        `UPDATE "_prisma_migrations" SET rolled_back_at = now() WHERE migration_name = '${failed.migration_name}' ` +
        "AND finished_at IS NULL; and start again.",
    );
  }
  const edited = migrations.find((migration) => {
    const row = applied.get(migration.name);
    return row !== undefined && row.checksum !== migration.checksum;
  });
  if (edited !== undefined) {
    throw new Error(
      `Migration ${edited.name} was changed after it was applied to this database: restore its file and put the ` +
        "change into a new migration.",
    );
  }
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = rows.find((row) => !known.has(row.migration_name));
  if (unknown !== undefined) {
    throw new Error(
      `This database has migration ${unknown.migration_name}, which this version of Gatehouse does not know: ` +
        "start the newer version that applied it, or restore a backup from before.",
    );
  }
  return migrations.filter((migration) => !applied.has(migration.name));
}

async function apply(client: PoolClient, migration: Migration): Promise<void> {
  const row = [randomUUID(), migration.checksum, migration.name, new Date()];
  for (let attempt = 1; ; attempt += 1) {
    try {
      // The row is part of the transaction: a process that dies in the middle leaves nothing to clear up.
      await client.query("BEGIN");
      await client.query(migration.sql);
      await client.query(
        `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
         VALUES ($1, $2, $3, $4, clock_timestamp(), 1)`,
        row,
      );
      await client.query("COMMIT");
      return;
    } catch (cause) {
      await client.query("ROLLBACK");
      if (isDeadlock(cause) && attempt < MOST_ATTEMPTS) continue;
      const reason = cause instanceof Error ? cause.message : String(cause);
      await client.query(
        `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, logs) VALUES ($1, $2, $3, $4, $5)`,
        [...row, reason],
      );
      throw new Error(`Migration ${migration.name} failed and was rolled back: ${reason}.`, { cause });
    }
  }
}

function isDeadlock(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "40P01";
}
