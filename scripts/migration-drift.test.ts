import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { migrationDrift } from "./migration-drift.ts";

let prismaDirectory: string;
beforeEach(() => {
  prismaDirectory = mkdtempSync(path.join(tmpdir(), "gatehouse-drift-"));
  const own = path.join(import.meta.dirname, "..", "prisma");
  for (const folder of ["schema", "migrations"]) {
    cpSync(path.join(own, folder), path.join(prismaDirectory, folder), { recursive: true });
  }
});
afterEach(() => rmSync(prismaDirectory, { recursive: true }));

test("a model without its migration is told, with the SQL that is missing", async () => {
  writeFileSync(
    path.join(prismaDirectory, "schema", "extra.prisma"),
    "model Extra {\n  id String @id\n  at DateTime @db.Timestamptz(3)\n}\n",
  );
  const told = await migrationDrift(prismaDirectory);
  expect(told).toMatch(/prisma\/schema has changes without a migration; run `npm run db:migration -- NAME`/);
  expect(told).toContain('CREATE TABLE "Extra"');
}, 60_000);
