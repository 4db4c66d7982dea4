import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { isFinished } from "#lib/core/run-status.ts";
import type { Scope } from "#lib/core/scope.ts";
import { systemScope } from "#lib/core/system-scope.ts";
import { type Database, registerDatabase } from "#lib/db/database.ts";
import { deployMigrations } from "#lib/db/deploy-migrations.ts";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { startHeartbeat } from "#lib/db/leases.ts";
import { openDatabase } from "#lib/db/open-database.ts";
import { readRunEvents } from "#lib/db/run-events.ts";
import { getRun } from "#lib/db/runs.ts";
import { bootId } from "#lib/server/boot-id.ts";
import { startRecoverySweep } from "#lib/server/start-recovery-sweep.ts";
import { eventually } from "#tests/support/eventually.ts";
import { identityEnvironment } from "#tests/support/identity-environment.ts";
import { MIGRATIONS_DIRECTORY } from "#tests/support/migrations-directory.ts";
import { startDurable } from "./start-durable.ts";

const FIXTURES = path.join(import.meta.dirname, "..", "tests", "fixtures", "upgrade");
const stateSchema = z.object({
  migrations: z.array(z.string()),
  /** Run ids by what became of the runs. */
  runs: z.record(z.string(), z.string()),
  tables: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
});
type State = z.infer<typeof stateSchema>;

let removeFolder: () => void;
let folder: string;

beforeAll(() => {
  removeFolder = identityEnvironment({ SCRIPTED_WORD_DELAY_MS: "1" });
  folder = mkdtempSync(path.join(tmpdir(), "gatehouse-upgrade-"));
});
afterAll(() => {
  removeFolder();
  rmSync(folder, { recursive: true, force: true });
});

/** A database as an older version has left it, brought to the present one as a start does. */
async function upgraded({ migrations, tables }: State): Promise<Database> {
  const database = await openDatabase({ dataDirectory: null });
  const older = path.join(folder, "migrations");
  rmSync(older, { recursive: true, force: true });
  mkdirSync(older, { recursive: true });
  for (const name of migrations) {
    cpSync(path.join(MIGRATIONS_DIRECTORY, name), path.join(older, name), { recursive: true });
  }
  await deployMigrations(database.pool, older);
  for (const [table, rows] of Object.entries(tables)) {
    await database.pool.query(
      `INSERT INTO "${table}" SELECT * FROM json_populate_recordset(NULL::"${table}", $1)`,
      [JSON.stringify(rows)],
    );
    const numbered = await database.pool.query<{ column: string }>(
      `SELECT column_name AS column FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name = $1 AND column_default LIKE 'nextval%'`,
      [table],
    );
    for (const { column } of numbered.rows) {
      await database.pool.query(
        `SELECT setval(pg_get_serial_sequence('"${table}"', '${column}'), max("${column}")) FROM "${table}"`,
      );
    }
  }
  await deployMigrations(database.pool, MIGRATIONS_DIRECTORY);
  return database;
}

const recorded = readdirSync(FIXTURES).filter((file) => file.endsWith(".json"));

it.each(recorded)(
  "what an older version left under way comes to its end: %s",
  { timeout: 60_000 },
  async (file) => {
    const state = stateSchema.parse(JSON.parse(readFileSync(path.join(FIXTURES, file), "utf8")));
    const database = await upgraded(state);
    registerDatabase(database);
    const scope = systemScope(String(state.tables["Organization"]?.[0]?.["id"]), "test");
    const heartbeat = await startHeartbeat(bootId());
    const sweep = await startRecoverySweep();
    const durable = await startDurable({ isDevelopment: false, origin: "http://app.test", isLoopback: true });

    for (const [what, runId] of Object.entries(state.runs)) {
      const run = await eventually(
        async () => {
          const found = await getRun(scope, runId);
          return found !== null && isFinished(found.status) ? found : null;
        },
        { timeoutMs: 30_000 },
      );
      expect([what, run.status, run.driverBootId]).toEqual([
        what,
        what === "to be cancelled" ? "CANCELLED" : "COMPLETED",
        null,
      ]);
      await expectGapless(scope, runId);
    }
    const waiting = await eventually(async () => {
      const { rows } = await database.pool.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM "DurableRun" WHERE "endedAt" IS NULL`,
      );
      return rows[0]?.count === 0 ? rows[0] : null;
    });
    expect(waiting).toEqual({ count: 0 });

    await durable.quiesce();
    await sweep.stop();
    await durable.stop();
    await journalWriter().drain();
    await heartbeat.stop();
    registerDatabase(null);
    await database.close();
  },
);

it("has at least one recorded state to try", () => {
  expect(recorded).not.toEqual([]);
});

async function expectGapless(scope: Scope, runId: string): Promise<void> {
  let next = 0;
  for (const event of await readRunEvents(scope, runId, -1, 10_000)) {
    expect(event.index).toBe(next);
    next = event.lastIndex + 1;
  }
}
