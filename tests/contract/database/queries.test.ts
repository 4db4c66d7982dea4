import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import type { Scope } from "#lib/core/scope.ts";
import { isUniqueViolation } from "#lib/db/is-unique-violation.ts";
import { prisma } from "#lib/db/prisma.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { onEachDatabase } from "./on-each-database.ts";

onEachDatabase("queries", (database) => {
  let scope: Scope;
  let organizationId: string;
  beforeEach(async () => {
    scope = await makeScope();
    organizationId = scope.organizationId;
  });
  const settings = (keys: string[]) => keys.map((key, index) => ({ organizationId, key, value: index }));

  test("createMany, count and findMany agree", async () => {
    const keys = Array.from({ length: 500 }, (_, index) => `key-${String(index).padStart(3, "0")}`);
    expect(await prisma().setting.createMany({ data: settings(keys) })).toEqual({ count: 500 });
    expect(await prisma().setting.count({ where: { organizationId } })).toBe(500);
    const found = await prisma().setting.findMany({ where: { organizationId }, orderBy: { key: "asc" } });
    expect(found.map((row) => row.key)).toEqual(keys);
  });

  test("createMany skips duplicates when asked to", async () => {
    await prisma().setting.createMany({ data: settings(["a"]) });
    const again = await prisma().setting.createMany({ data: settings(["a", "b"]), skipDuplicates: true });
    expect(again.count).toBe(1);
  });

  test("upsert inserts, then updates the same row", async () => {
    const upsert = (value: number) =>
      prisma().setting.upsert({
        where: { organizationId_key: { organizationId, key: "one" } },
        create: { organizationId, key: "one", value },
        update: { value },
      });
    await upsert(1);
    expect((await upsert(2)).value).toBe(2);
    expect(await prisma().setting.count({ where: { organizationId } })).toBe(1);
  });

  test("fifty upserts of one row at once leave one row", async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, value) =>
        prisma().setting.upsert({
          where: { organizationId_key: { organizationId, key: "hot" } },
          create: { organizationId, key: "hot", value },
          update: { value },
        }),
      ),
    );
    expect(await prisma().setting.count({ where: { organizationId } })).toBe(1);
  });

  test("ON CONFLICT DO UPDATE tells an insert from an update, DO NOTHING returns no row", async () => {
    const upsert = (ending: string) =>
      database().pool.query<{ key: string; inserted: boolean }>(
        `INSERT INTO "Setting" ("organizationId", "key", "value", "updatedAt") VALUES ($1, 'c', '1', now())
         ON CONFLICT ("organizationId", "key") ${ending} RETURNING "key", xmax = 0 AS inserted`,
        [organizationId],
      );
    const update = `DO UPDATE SET "value" = EXCLUDED."value"`;
    expect((await upsert(update)).rows).toEqual([{ key: "c", inserted: true }]);
    expect((await upsert(update)).rows).toEqual([{ key: "c", inserted: false }]);
    expect((await upsert("DO NOTHING")).rowCount).toBe(0);
  });

  test("a taken unique value is P2002 through Prisma and 23505 through the pool, with the index's name", async () => {
    const slug = `taken-${randomUUID()}`;
    await makeScope({ slug });
    const throughPrisma: unknown = await prisma()
      .organization.create({ data: { id: randomUUID(), slug, name: "x" } })
      .catch((error: unknown) => error);
    expect(throughPrisma).toMatchObject({ code: "P2002" });
    const throughPool: unknown = await makeScope({ slug }).catch((error: unknown) => error);
    expect(throughPool).toMatchObject({ code: "23505" });
    for (const error of [throughPrisma, throughPool]) {
      expect(isUniqueViolation(error)).toBe(true);
      expect(isUniqueViolation(error, "Organization_slug_key")).toBe(true);
      expect(isUniqueViolation(error, "Organization_pkey")).toBe(false);
    }
  });

  test("updating a row that is not there is P2025", async () => {
    const update = prisma().organization.update({ where: { id: "missing" }, data: { name: "x" } });
    await expect(update).rejects.toMatchObject({ code: "P2025" });
  });

  test("a row without its parent is refused: P2003", async () => {
    const create = prisma().setting.create({ data: { organizationId: "missing", key: "a", value: 1 } });
    await expect(create).rejects.toMatchObject({ code: "P2003" });
  });

  test("nested writes create and read relations, and deleting the parent deletes the children", async () => {
    const id = randomUUID();
    const created = await prisma().component.create({
      data: {
        organizationId,
        id,
        type: "agent",
        name: "A",
        versions: {
          create: [
            { version: 1, stage: "published", config: {} },
            { version: 2, stage: "draft", config: { a: 1 } },
          ],
        },
      },
      include: { versions: { orderBy: { version: "desc" } } },
    });
    expect(created.versions.map((version) => version.version)).toEqual([2, 1]);
    await prisma().component.delete({ where: { organizationId_id: { organizationId, id } } });
    expect(await prisma().componentVersion.count({ where: { organizationId } })).toBe(0);
  });

  test("aggregates and groups", async () => {
    const { rows } = await database().pool.query<Record<string, unknown>>(
      `SELECT n % 3 AS rest, count(*)::int AS count, sum(n)::int AS sum, avg(n)::float8 AS average,
              percentile_cont(0.5) WITHIN GROUP (ORDER BY n) AS median, array_agg(n ORDER BY n DESC) AS all
       FROM generate_series(1, 9) AS n GROUP BY 1 ORDER BY 1`,
    );
    expect(rows[0]).toEqual({ rest: 0, count: 3, sum: 18, average: 6, median: 6, all: [9, 6, 3] });
    await prisma().setting.createMany({ data: settings(["a", "b"]) });
    const groups = await prisma().setting.groupBy({
      by: ["organizationId"],
      _count: true,
      where: { organizationId },
    });
    expect(groups).toEqual([{ organizationId, _count: 2 }]);
  });

  test("pages by cursor meet every row once", async () => {
    const keys = Array.from({ length: 25 }, (_, index) => `p${String(index).padStart(2, "0")}`);
    await prisma().setting.createMany({ data: settings(keys) });
    const seen: string[] = [];
    for (;;) {
      const last = seen.at(-1);
      const page = await prisma().setting.findMany({
        where: { organizationId },
        orderBy: { key: "asc" },
        take: 10,
        ...(last === undefined
          ? {}
          : { skip: 1, cursor: { organizationId_key: { organizationId, key: last } } }),
      });
      if (page.length === 0) break;
      seen.push(...page.map((row) => row.key));
    }
    expect(seen).toEqual(keys);
  });

  test("one statement that claims numbers and inserts the rows that carry them", async () => {
    await database().pool.query(
      `CREATE TABLE IF NOT EXISTS counter (id text PRIMARY KEY, next int NOT NULL)`,
    );
    await database().pool.query(
      `CREATE TABLE IF NOT EXISTS line (id text, index int, PRIMARY KEY (id, index))`,
    );
    const ids = ["a", "b"].map((name) => `${name}-${randomUUID()}`);
    await database().pool.query("INSERT INTO counter SELECT unnest($1::text[]), 0", [ids]);
    const append = () =>
      database().pool.query(
        `WITH claimed AS (
           UPDATE counter SET next = next + 2 WHERE id = ANY($1) RETURNING id, next - 2 AS base
         ), written AS (
           INSERT INTO line SELECT id, base + n FROM claimed, generate_series(0, 1) AS n RETURNING id
         ) SELECT id, count(*)::int AS lines FROM written GROUP BY id ORDER BY id`,
        [[...ids, "missing"]],
      );
    const results = await Promise.all(Array.from({ length: 20 }, append));
    expect(results.every((result) => result.rowCount === 2)).toBe(true);
    const { rows } = await database().pool.query<{ index: number }>(
      "SELECT index FROM line WHERE id = $1 ORDER BY index",
      [ids[0]],
    );
    expect(rows.map((row) => row.index)).toEqual(Array.from({ length: 40 }, (_, index) => index));
  });

  test("raw queries and commands bind their values and never run them", async () => {
    const hostile = `'); DROP TABLE "Setting"; --`;
    await prisma().$executeRaw`INSERT INTO "Setting" ("organizationId", "key", "value", "updatedAt")
      VALUES (${organizationId}, ${hostile}, '{}', now())`;
    const rows = await prisma().$queryRaw<{ key: string }[]>`
      SELECT "key" FROM "Setting" WHERE "key" = ${hostile}`;
    expect(rows).toEqual([{ key: hostile }]);
  });

  test("full-text search finds words by their stem", async () => {
    const { rows } = await database().pool.query(
      `SELECT to_tsvector('english', 'The agents were running') @@ websearch_to_tsquery('english', 'agent run') AS hit`,
    );
    expect(rows).toEqual([{ hit: true }]);
  });

  test("a query that fails does not poison the connection or its neighbours", async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) =>
        database().pool.query("SELECT 10 / $1::int AS result", [index % 2]),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual(
      answers.map((_, index) => (index % 2 === 0 ? "rejected" : "fulfilled")),
    );
    await expect(database().pool.query("SELEC 1")).rejects.toMatchObject({ code: "42601" });
    await expect(database().pool.query("SELECT $1::int", ["x"])).rejects.toMatchObject({ code: "22P02" });
    expect((await database().pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  });

  test("text with a NUL is refused as text the database cannot hold", async () => {
    await expect(database().pool.query("SELECT $1::text", ["a\u0000b"])).rejects.toMatchObject({
      code: "22021",
    });
  });
});
