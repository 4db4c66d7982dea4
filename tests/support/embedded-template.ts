import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { deployMigrations } from "#lib/db/deploy-migrations.ts";
import { openDatabase } from "#lib/db/open-database.ts";
import { readMigrations } from "#lib/db/read-migrations.ts";
import { MIGRATIONS_DIRECTORY } from "./migrations-directory.ts";

const CACHE_DIRECTORY = path.join(import.meta.dirname, "..", "..", "node_modules", ".cache", "gatehouse");

/**
 * The file of a migrated, empty embedded database, from which a test's own starts in a fraction of the time.
 * Made once for each state of the migrations and kept beside the installed packages.
 */
export async function embeddedTemplate(): Promise<string> {
  const hash = createHash("sha256");
  for (const { checksum } of readMigrations(MIGRATIONS_DIRECTORY)) hash.update(checksum);
  const file = path.join(CACHE_DIRECTORY, `database-${hash.digest("hex").slice(0, 16)}.tar`);
  if (existsSync(file)) return file;
  const folder = mkdtempSync(path.join(tmpdir(), "gatehouse-template-"));
  try {
    const database = await openDatabase({ dataDirectory: folder });
    await deployMigrations(database.pool, MIGRATIONS_DIRECTORY);
    await database.close();
    const engine = await PGlite.create({ dataDir: path.join(folder, "database") });
    const dump = await engine.dumpDataDir("none");
    await engine.close();
    mkdirSync(CACHE_DIRECTORY, { recursive: true });
    const own = `${file}.${path.basename(folder)}`;
    writeFileSync(own, Buffer.from(await dump.arrayBuffer()));
    renameSync(own, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return file;
}
