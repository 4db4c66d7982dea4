import { beforeAll, expect, test } from "vitest";
import type { Scope } from "#lib/core/scope.ts";
import { prisma } from "#lib/db/prisma.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { onEachDatabase } from "./on-each-database.ts";

onEachDatabase("values come back as they were stored", (database) => {
  let scope: Scope;
  beforeAll(async () => {
    scope = await makeScope();
  });
  const roundTrip = async (type: string, value: unknown) => {
    const { rows } = await database().pool.query<{ value: unknown }>(`SELECT $1::${type} AS value`, [value]);
    return rows[0]?.value;
  };

  test("scalars: booleans, integers, floats, exact decimals, text, uuid", async () => {
    expect(await roundTrip("boolean", true)).toBe(true);
    expect(await roundTrip("int", -2_147_483_648)).toBe(-2_147_483_648);
    expect(await roundTrip("float8", 0.1)).toBe(0.1);
    expect(await roundTrip("numeric(30,10)", "12345678901234567890.0123456789")).toBe(
      "12345678901234567890.0123456789",
    );
    expect(await roundTrip("text", "")).toBe("");
    const uuid = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    expect(await roundTrip("uuid", uuid)).toBe(uuid);
  });

  test("64-bit integers, beyond what a double holds", async () => {
    expect(await roundTrip("bigint", "9007199254740993")).toBe("9007199254740993");
    const entry = await prisma().auditEntry.create({
      data: {
        organizationId: scope.organizationId,
        actorKind: "system",
        actorId: "test",
        action: "test",
        targetType: "test",
        targetId: "test",
      },
    });
    expect(typeof entry.id).toBe("bigint");
  });

  test("JSON in all its kinds, nested, with unusual keys", async () => {
    const value = { a: [1, 2.5, -0, true, null, { "ключ \" 'x'": "\\ \u0001 é" }], empty: {}, none: [] };
    await prisma().setting.create({ data: { organizationId: scope.organizationId, key: "json", value } });
    const read = await prisma().setting.findFirstOrThrow({ where: { key: "json" } });
    expect(read.value).toEqual(JSON.parse(JSON.stringify(value)));
  });

  test("jsonb operators: paths, containment, keys, merging", async () => {
    const { rows } = await database().pool.query<Record<string, unknown>>(
      `SELECT v #>> '{a,0,b}' AS path, v @> '{"c": 1}' AS contains, v ? 'c' AS has_key,
              v || '{"d": 2}' AS merged, jsonb_set(v, '{c}', '5') -> 'c' AS replaced
       FROM (SELECT $1::jsonb AS v) AS input`,
      [{ a: [{ b: "deep" }], c: 1 }],
    );
    expect(rows[0]).toEqual({
      path: "deep",
      contains: true,
      has_key: true,
      merged: { a: [{ b: "deep" }], c: 1, d: 2 },
      replaced: 5,
    });
  });

  test("bytes, every one of the 256", async () => {
    const data = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    await prisma().blob.create({
      data: { organizationId: scope.organizationId, hash: "all", mediaType: "x/y", sizeBytes: 256, data },
    });
    const blob = await prisma().blob.findFirstOrThrow({ where: { hash: "all" } });
    expect(Buffer.from(blob.data).equals(data)).toBe(true);
    expect(await roundTrip("bytea", data)).toEqual(data);
  });

  test("arrays of text, integers and floats, also empty and with nulls in them", async () => {
    expect(await roundTrip("text[]", ["a", 'q"', "c,d", "{}", "", null])).toEqual([
      "a",
      'q"',
      "c,d",
      "{}",
      "",
      null,
    ]);
    expect(await roundTrip("int[]", [])).toEqual([]);
    expect(await roundTrip("real[]", [0.5, -1.25])).toEqual([0.5, -1.25]);
  });

  test("text in every script, emoji and combining marks included", async () => {
    const value = "naïve café 日本語 العربية 👩‍👩‍👧‍👦 e\u0301 \t\r\n ' \" \\ $1 -- ; /* */";
    expect(await roundTrip("text", value)).toBe(value);
  });

  test("timestamps to the millisecond through Prisma, to the microsecond in SQL, in UTC", async () => {
    const createdAt = new Date("2024-02-29T23:59:59.987Z");
    await prisma().setting.create({
      data: { organizationId: scope.organizationId, key: "at", value: 1, updatedAt: createdAt },
    });
    const setting = await prisma().setting.findFirstOrThrow({ where: { key: "at" } });
    expect(setting.updatedAt).toEqual(createdAt);
    const { rows } = await database().pool.query<Record<string, unknown>>(
      `SELECT '2024-02-29T23:59:59.123456Z'::timestamptz::text AS exact, current_setting('TimeZone') AS zone,
              $1::timestamptz AS date`,
      [createdAt],
    );
    expect(rows[0]).toEqual({ exact: "2024-02-29 23:59:59.123456+00", zone: "UTC", date: createdAt });
  });

  test("NULL: stored, filtered, counted, and told apart from JSON null", async () => {
    const { rows } = await database().pool.query<Record<string, unknown>>(
      `SELECT count(*)::int AS rows, count(v)::int AS known, count(*) FILTER (WHERE v IS NULL)::int AS unknown,
              bool_or(v IS NOT DISTINCT FROM NULL) AS same, coalesce(max(v), 0) AS most
       FROM (VALUES (1), (NULL), ($1::int)) AS t (v)`,
      [null],
    );
    expect(rows[0]).toEqual({ rows: 3, known: 1, unknown: 2, same: true, most: 1 });
    expect(await roundTrip("jsonb", "null")).toBeNull();
    const { rows: json } = await database().pool.query("SELECT 'null'::jsonb IS NULL AS missing");
    expect(json[0]).toEqual({ missing: false });
  });

  test("rows of several megabytes of text and of bytes", async () => {
    const long = "é0123456789".repeat(250_000);
    expect(await roundTrip("text", long)).toBe(long);
    const data = Buffer.alloc(4_000_000, "gatehouse");
    await prisma().blob.create({
      data: {
        organizationId: scope.organizationId,
        hash: "large",
        mediaType: "x/y",
        sizeBytes: data.length,
        data,
      },
    });
    const blob = await prisma().blob.findFirstOrThrow({ where: { hash: "large" } });
    expect(Buffer.from(blob.data).equals(data)).toBe(true);
  });

  test("results of many rows arrive whole and in order", async () => {
    const { rows } = await database().pool.query<{ n: number }>(
      "SELECT n FROM generate_series(1, 50000) AS n",
    );
    expect(rows.length).toBe(50_000);
    expect(rows.every((row, index) => row.n === index + 1)).toBe(true);
  });
});
