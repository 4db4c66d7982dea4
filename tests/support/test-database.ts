import { type Database, registerDatabase } from "#lib/db/database.ts";
import { openDatabase } from "#lib/db/open-database.ts";
import { embeddedTemplate } from "./embedded-template.ts";
import { createPostgresDatabase } from "./test-postgres.ts";

export interface TestDatabase extends Database {
  /** The URL of a real Postgres; null for the embedded kind. */
  url: string | null;
}

interface TestDatabaseOptions {
  /** Which kind; else the environment's TEST_DATABASE_KIND, else the embedded one. */
  kind?: Database["kind"];
  idleTransactionTimeoutMs?: number;
}

/**
 * Opens a fresh, migrated database and makes it the process's own (`database()`, `prisma()`).
 * A test file opens one in `beforeAll` and closes it in `afterAll`.
 */
export async function openTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const kind = options.kind ?? (process.env["TEST_DATABASE_KIND"] === "postgres" ? "postgres" : "embedded");
  const opened = kind === "postgres" ? await openOnPostgres(options) : await openEmbedded(options);
  registerDatabase(opened);
  return opened;
}

async function openEmbedded(options: TestDatabaseOptions): Promise<TestDatabase> {
  const snapshotFile = await embeddedTemplate();
  const opened = await openDatabase({ ...options, dataDirectory: null, snapshotFile });
  return { ...opened, url: null, close: () => closing(opened) };
}

async function openOnPostgres(options: TestDatabaseOptions): Promise<TestDatabase> {
  const { url, drop } = await createPostgresDatabase();
  const opened = await openDatabase({ ...options, dataDirectory: null, databaseUrl: url });
  return {
    ...opened,
    url,
    close: async () => {
      await closing(opened);
      await drop();
    },
  };
}

async function closing(opened: Database): Promise<void> {
  registerDatabase(null);
  await opened.close();
}
