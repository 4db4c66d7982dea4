import { createPostgresDatabase } from "./test-postgres.ts";

const byDataDirectory = new Map<string, { url: string; drop: () => Promise<void> }>();

/**
 * The Postgres of a test server when the tests run on a real one (TEST_DATABASE_KIND), the same again after a restart
 * on the same data folder; undefined for the embedded database.
 */
export async function serverDatabase(dataDirectory: string): Promise<string | undefined> {
  if (process.env["TEST_DATABASE_KIND"] !== "postgres") return undefined;
  const existing = byDataDirectory.get(dataDirectory);
  if (existing !== undefined) return existing.url;
  const made = await createPostgresDatabase();
  byDataDirectory.set(dataDirectory, made);
  return made.url;
}

/** Removes the Postgres database that belongs to a data folder, if there is one. */
export async function dropServerDatabase(dataDirectory: string): Promise<void> {
  await byDataDirectory.get(dataDirectory)?.drop();
  byDataDirectory.delete(dataDirectory);
}
