import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { readMigrations } from "#lib/db/read-migrations.ts";
import { schemaEngine } from "./schema-engine.ts";

/**
 * Computes the SQL that leads from the migrations of `prismaDirectory` to its schema, by running the migrations on
 * an in-memory database; null when there is nothing to do. Throws when a migration does not run.
 */
export async function nextMigration(prismaDirectory: string): Promise<string | null> {
  const database = new PGlite();
  try {
    for (const migration of readMigrations(path.join(prismaDirectory, "migrations"))) {
      await database.exec(migration.sql);
    }
    const engine = await schemaEngine(database);
    const files = readSchema(path.join(prismaDirectory, "schema"));
    const { exitCode, stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: prismaDirectory },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return exitCode === 0 ? null : (stdout ?? "");
  } finally {
    await database.close();
  }
}

function readSchema(directory: string): { path: string; content: string }[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith(".prisma"))
    .toSorted()
    .map((file) => path.join(directory, file))
    .map((file) => ({ path: file, content: readFileSync(file, "utf8") }));
}
