import { spawn } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client, Pool } from "pg";
import { z } from "zod";
import { deployMigrations } from "#lib/db/deploy-migrations.ts";
import { readMigrations } from "#lib/db/read-migrations.ts";
import { findPostgresBinaries } from "./find-postgres.ts";
import { MIGRATIONS_DIRECTORY } from "./migrations-directory.ts";

const reportSchema = z.union([z.object({ url: z.string() }), z.object({ error: z.string() })]);
const TEMPLATE_LOCK = 7_777_000_002;

/**
 * Makes a fresh, migrated database on a real Postgres: the one in TEST_DATABASE_URL (whose role may create
 * databases), else a throwaway cluster that this test run shares. `drop` removes the database again.
 */
export async function createPostgresDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const serverUrl = process.env["TEST_DATABASE_URL"] ?? (await startCluster());
  const name = `gatehouse_test_${randomUUID().replaceAll("-", "")}`;
  await withClient(serverUrl, async (client) => {
    const template = await ensureTemplate(client, serverUrl);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  return {
    url: urlOf(serverUrl, name),
    drop: () =>
      withClient(serverUrl, async (client) => {
        await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
      }),
  };
}

/** The URL of a throwaway cluster for this process and its threads; the first caller starts it. */
async function startCluster(): Promise<string> {
  const binaries = findPostgresBinaries();
  if (binaries === null) throw new Error("This machine has no Postgres server; set TEST_DATABASE_URL.");
  const directory = path.join(tmpdir(), `gatehouse-postgres-${process.pid}`);
  try {
    mkdirSync(directory);
    const supervisor = path.join(import.meta.dirname, "postgres-supervisor.ts");
    spawn(process.execPath, [supervisor, String(process.pid), directory, binaries], {
      detached: true,
      stdio: "ignore",
    }).unref();
  } catch (error) {
    if (!existsSync(directory)) throw error;
  }
  const file = path.join(directory, "report.json");
  const deadline = Date.now() + 60_000;
  while (!existsSync(file)) {
    if (Date.now() > deadline) throw new Error("The test Postgres did not start within a minute.");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const report = reportSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  if ("error" in report) throw new Error(`The test Postgres did not start: ${report.error}`);
  return report.url;
}

/** The name of the migrated database that others are copied from; made at first need. */
async function ensureTemplate(client: Client, serverUrl: string): Promise<string> {
  const hash = createHash("sha256");
  for (const { checksum } of readMigrations(MIGRATIONS_DIRECTORY)) hash.update(checksum);
  const name = `gatehouse_template_${hash.digest("hex").slice(0, 16)}`;
  await client.query("SELECT pg_advisory_lock($1)", [TEMPLATE_LOCK]);
  const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
  if (rowCount === 0) {
    const raw = `${name}_${randomUUID().slice(0, 8)}`;
    await client.query(`CREATE DATABASE ${raw}`);
    const pool = new Pool({ connectionString: urlOf(serverUrl, raw), max: 1 });
    await deployMigrations(pool, MIGRATIONS_DIRECTORY);
    await pool.end();
    await client.query(`ALTER DATABASE ${raw} RENAME TO ${name}`);
  }
  await client.query("SELECT pg_advisory_unlock($1)", [TEMPLATE_LOCK]);
  return name;
}

async function withClient(url: string, use: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}

function urlOf(serverUrl: string, database: string): string {
  return serverUrl.replace(/^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/, `$1${database}`);
}
