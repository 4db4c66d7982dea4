import { mkdirSync } from "node:fs";
import path from "node:path";
import { Pool } from "pg";
import type { Database } from "./database.ts";
import { startEngine } from "./embedded/start-engine.ts";

interface OpenDatabaseOptions {
  /** The data folder; the embedded database lives in `database` inside it. Null keeps it in memory (tests). */
  dataDirectory: string | null;
  /** A Postgres URL; when given, the embedded database stays closed. */
  databaseUrl?: string | undefined;
  /** A tar file of an embedded database to start from (tests). */
  snapshotFile?: string;
  /** How long a transaction may stay open without a statement before it is rolled back. */
  idleTransactionTimeoutMs?: number;
  /** Told when an idle connection to Postgres breaks; the pool makes another one. */
  onError?: (error: Error) => void;
  /** Told when the embedded engine dies, for example on a full disk; the process cannot go on without it. */
  onEngineFailure?: (error: Error) => void;
}

const IDLE_TRANSACTION_TIMEOUT_MS = 30_000;
const STATEMENT_TIMEOUT_MS = 60_000;
const LOCK_TIMEOUT_MS = 30_000;
const POOL_SIZE = 20;

/**
 * Opens the database: Postgres when `databaseUrl` is given, else the embedded one. The caller must hold the lock of
 * the data folder, registers the result (`registerDatabase`) and closes it. Throws when it cannot be reached.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  return options.databaseUrl === undefined
    ? openEmbedded(options)
    : openPostgres(options.databaseUrl, options);
}

async function openEmbedded(options: OpenDatabaseOptions): Promise<Database> {
  const { dataDirectory, onEngineFailure = () => {} } = options;
  if (dataDirectory !== null) mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const engine = await startEngine(
    {
      directory: dataDirectory === null ? null : path.join(dataDirectory, "database"),
      snapshotFile: options.snapshotFile ?? null,
      idleTransactionTimeoutMs: options.idleTransactionTimeoutMs ?? IDLE_TRANSACTION_TIMEOUT_MS,
    },
    onEngineFailure,
  );
  const pool = new Pool({
    stream: () => engine.connect(),
    user: "postgres",
    database: "postgres",
    max: POOL_SIZE,
    idleTimeoutMillis: 0,
  });
  pool.on("error", () => {});
  return {
    kind: "embedded",
    pool,
    async close() {
      await pool.end();
      await engine.stop();
    },
  };
}

async function openPostgres(databaseUrl: string, options: OpenDatabaseOptions): Promise<Database> {
  const idleMs = options.idleTransactionTimeoutMs ?? IDLE_TRANSACTION_TIMEOUT_MS;
  const pool = new Pool({
    connectionString: databaseUrl,
    max: POOL_SIZE,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    application_name: "gatehouse",
    options: [
      "-c timezone=UTC",
      `-c statement_timeout=${STATEMENT_TIMEOUT_MS}`,
      `-c lock_timeout=${LOCK_TIMEOUT_MS}`,
      `-c idle_in_transaction_session_timeout=${idleMs}`,
    ].join(" "),
  });
  pool.on("error", options.onError ?? (() => {}));
  try {
    await pool.query("SELECT 1");
  } catch (cause) {
    await pool.end();
    throw new Error("The database in DATABASE_URL could not be reached; check the URL and the server.", {
      cause,
    });
  }
  return { kind: "postgres", pool, close: () => pool.end() };
}
