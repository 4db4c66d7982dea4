import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { nextMigration } from "./next-migration.ts";

// `npm run db:migration -- NAME`: writes the migration that leads from the existing ones to prisma/schema.

const name = process.argv[2] ?? "";
if (!/^[a-z][a-z0-9_]{0,60}$/.test(name)) {
  console.error("Name the migration in lower case, for example: npm run db:migration -- add_memory");
  process.exit(1);
}
const prismaDirectory = path.join(import.meta.dirname, "..", "prisma");
const sql = await nextMigration(prismaDirectory);
if (sql === null) {
  console.log("The migrations already lead to prisma/schema; nothing to write.");
} else {
  const timestamp = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const directory = path.join(prismaDirectory, "migrations", `${timestamp}_${name}`);
  mkdirSync(directory);
  writeFileSync(path.join(directory, "migration.sql"), sql);
  console.log(`Wrote prisma/migrations/${timestamp}_${name}/migration.sql; read it before you commit it.`);
}
