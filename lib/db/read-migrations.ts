import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export interface Migration {
  /** The name of its folder: a timestamp and what it does. */
  name: string;
  sql: string;
  /** The SHA-256 of the file, lower-case hex, as Prisma keeps it. */
  checksum: string;
}

/** Reads `directory`/<name>/migration.sql of every migration, in the order in which they apply. */
export function readMigrations(directory: string): Migration[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted()
    .map((name) => {
      const sql = readFileSync(path.join(directory, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}
