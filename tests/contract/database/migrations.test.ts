import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { deployMigrations } from "#lib/db/deploy-migrations.ts";
import { MIGRATIONS_DIRECTORY } from "#tests/support/migrations-directory.ts";
import { onEachDatabase } from "./on-each-database.ts";

onEachDatabase("migrations", (database, kind) => {
  let directory: string;

  beforeEach(async () => {
    directory = mkdtempSync(path.join(tmpdir(), "gatehouse-migrations-"));
    await database().pool.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  function write(name: string, sql: string): void {
    mkdirSync(path.join(directory, name), { recursive: true });
    writeFileSync(path.join(directory, name, "migration.sql"), sql);
  }
  const tables = async () => {
    const { rows } = await database().pool.query<{ tablename: string }>(
      "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1",
    );
    return rows.map((row) => row.tablename);
  };

  test("the project's migrations apply once, in order", async () => {
    const first = await deployMigrations(database().pool, MIGRATIONS_DIRECTORY);
    expect(first.length).toBeGreaterThan(0);
    expect(first).toEqual(first.toSorted());
    expect(await deployMigrations(database().pool, MIGRATIONS_DIRECTORY)).toEqual([]);
    expect(await tables()).toContain("RunEvent");
  });

  test("a failing migration leaves nothing behind but its mark, and stops later deploys", async () => {
    write("20260101000000_one", "CREATE TABLE one (id int)");
    write("20260102000000_two", "CREATE TABLE two (id int); CREATE TABLE one (id int)");
    write("20260103000000_three", "CREATE TABLE three (id int)");
    await expect(deployMigrations(database().pool, directory)).rejects.toThrow(
      /Migration 20260102000000_two failed and was rolled back: relation "one" already exists/,
    );
    expect(await tables()).toEqual(["one"]);
    await expect(deployMigrations(database().pool, directory)).rejects.toThrow(
      /20260102000000_two failed .* UPDATE "_prisma_migrations"/,
    );
    expect(await tables()).toEqual(["one"]);
  });

  test("a migration that deadlocks with what else is at work is tried again, and not for ever", async () => {
    const deadlocks = (times: number) => `DO $$ BEGIN
      IF nextval('tries') <= ${times} THEN RAISE 'deadlock detected' USING ERRCODE = '40P01'; END IF;
      CREATE TABLE one (id int);
    END $$`;
    await database().pool.query("CREATE SEQUENCE tries");
    write("20260101000000_one", deadlocks(4));
    expect(await deployMigrations(database().pool, directory)).toEqual(["20260101000000_one"]);
    expect(await tables()).toEqual(["one"]);
    write("20260102000000_two", deadlocks(1_000));
    await expect(deployMigrations(database().pool, directory)).rejects.toThrow(
      "Migration 20260102000000_two failed and was rolled back: deadlock detected.",
    );
  });

  test("after its cause is mended, a failed migration applies again as the sentence says", async () => {
    write("20260101000000_one", "CREATE TABLE one (id no_such_type)");
    await expect(deployMigrations(database().pool, directory)).rejects.toThrow("no_such_type");
    write("20260101000000_one", "CREATE TABLE one (id int)");
    const refusal = await deployMigrations(database().pool, directory).catch((error: Error) => error.message);
    const remedy = /run (UPDATE .*;) and start again/.exec(String(refusal))?.[1] ?? "";
    await database().pool.query(remedy);
    expect(await deployMigrations(database().pool, directory)).toEqual(["20260101000000_one"]);
  });

  test("a migration edited after it was applied is refused by name", async () => {
    write("20260101000000_one", "CREATE TABLE one (id int)");
    await deployMigrations(database().pool, directory);
    write("20260101000000_one", "CREATE TABLE one (id bigint)");
    await expect(deployMigrations(database().pool, directory)).rejects.toThrow(
      /20260101000000_one was changed after it was applied/,
    );
  });

  test("a database from a newer version is refused, not touched", async () => {
    write("20260101000000_one", "CREATE TABLE one (id int)");
    write("20260102000000_two", "CREATE TABLE two (id int)");
    await deployMigrations(database().pool, directory);
    rmSync(path.join(directory, "20260102000000_two"), { recursive: true });
    await expect(deployMigrations(database().pool, directory)).rejects.toThrow(
      /20260102000000_two, which this version/,
    );
  });

  test.runIf(kind === "postgres")("deployers that start together apply each migration once", async () => {
    write("20260101000000_one", "CREATE TABLE one (id int); SELECT pg_sleep(0.2)");
    write("20260102000000_two", "CREATE TABLE two (id int)");
    const applied = await Promise.all(
      Array.from({ length: 5 }, () => deployMigrations(database().pool, directory)),
    );
    expect(applied.flat().toSorted()).toEqual(["20260101000000_one", "20260102000000_two"]);
  });
});
