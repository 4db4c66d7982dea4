import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import { beforeEach, expect, test } from "vitest";
import { prisma } from "#lib/db/prisma.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { onEachDatabase } from "./on-each-database.ts";

onEachDatabase("transactions and connections", (database, kind) => {
  let organizationId: string;
  beforeEach(async () => {
    ({ organizationId } = await makeScope());
  });
  const keys = async () => {
    const rows = await prisma().setting.findMany({ where: { organizationId }, orderBy: { key: "asc" } });
    return rows.map((row) => row.key);
  };
  const insert = (client: Pick<PoolClient, "query">, key: string) =>
    client.query(
      `INSERT INTO "Setting" ("organizationId", "key", "value", "updatedAt") VALUES ($1, $2, '1', now())`,
      [organizationId, key],
    );

  test("an interactive transaction commits all its writes together", async () => {
    await prisma().$transaction(async (tx) => {
      await tx.setting.create({ data: { organizationId, key: "a", value: 1 } });
      await tx.setting.create({ data: { organizationId, key: "b", value: 1 } });
    });
    expect(await keys()).toEqual(["a", "b"]);
  });

  test("an interactive transaction that throws leaves nothing", async () => {
    const failing = prisma().$transaction(async (tx) => {
      await tx.setting.create({ data: { organizationId, key: "a", value: 1 } });
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await keys()).toEqual([]);
  });

  test("an array transaction is undone as a whole by its last statement", async () => {
    const create = (key: string) => prisma().setting.create({ data: { organizationId, key, value: 1 } });
    await expect(prisma().$transaction([create("a"), create("b"), create("a")])).rejects.toMatchObject({
      code: "P2002",
    });
    expect(await keys()).toEqual([]);
  });

  test("using the outer client inside a transaction throws at once instead of waiting for itself", async () => {
    const misuse = prisma().$transaction(async (tx) => {
      await tx.setting.count();
      await prisma().setting.count();
    });
    await expect(misuse).rejects.toThrow("Use the transaction's own client (tx)");
    expect(await prisma().setting.count({ where: { organizationId } })).toBe(0);
  });

  test("the isolation level asked for is the one in force", async () => {
    const level = await prisma().$transaction(
      (tx) => tx.$queryRaw<{ transaction_isolation: string }[]>`SHOW transaction_isolation`,
      { isolationLevel: "Serializable" },
    );
    expect(level).toEqual([{ transaction_isolation: "serializable" }]);
    const after = await database().pool.query<{ transaction_isolation: string }>(
      "SHOW transaction_isolation",
    );
    expect(after.rows[0]?.transaction_isolation).toBe("read committed");
  });

  test("forty interactive transactions on one counter lose no update", async () => {
    await prisma().setting.create({ data: { organizationId, key: "n", value: 0 } });
    await Promise.all(
      Array.from({ length: 40 }, () =>
        prisma().$transaction(async (tx) => {
          const [row] = await tx.$queryRaw<{ value: number }[]>`
            SELECT "value" FROM "Setting" WHERE "organizationId" = ${organizationId} FOR UPDATE`;
          await tx.setting.updateMany({ where: { organizationId }, data: { value: (row?.value ?? 0) + 1 } });
        }),
      ),
    );
    expect((await prisma().setting.findFirstOrThrow({ where: { organizationId } })).value).toBe(40);
  });

  test("what a transaction has not committed is seen by nobody else", async () => {
    const client = await database().pool.connect();
    await client.query("BEGIN");
    await insert(client, "hidden");
    const seen = keys();
    await client.query("ROLLBACK");
    client.release();
    expect(await seen).toEqual([]);
  });

  test("an error aborts the transaction until it is rolled back, and a savepoint saves the rest", async () => {
    const client = await database().pool.connect();
    await client.query("BEGIN");
    await insert(client, "kept");
    await client.query("SAVEPOINT before");
    await expect(insert(client, "kept")).rejects.toMatchObject({ code: "23505" });
    await expect(client.query("SELECT 1")).rejects.toMatchObject({ code: "25P02" });
    await client.query("ROLLBACK TO SAVEPOINT before");
    await client.query("COMMIT");
    client.release();
    expect(await keys()).toEqual(["kept"]);
  });

  test("a client that dies inside a transaction is rolled back and holds nobody up", async () => {
    const client = await database().pool.connect();
    await client.query("BEGIN");
    await insert(client, "lost");
    client.release(new Error("gone"));
    await insert(database().pool, "next");
    expect(await keys()).toEqual(["next"]);
  });

  test("a transaction left open without a statement is rolled back and its connection ended", async () => {
    const client = await database().pool.connect();
    const ended = new Promise<unknown>((resolve) => client.once("error", resolve));
    await client.query("BEGIN");
    await insert(client, "forgotten");
    expect(await ended).toMatchObject({ code: "25P03" });
    client.release(true);
    expect(await keys()).toEqual([]);
  });

  test("rows are handed out once with FOR UPDATE SKIP LOCKED", async () => {
    const queue = `queue_${randomUUID().replaceAll("-", "")}`;
    await database().pool.query(`CREATE TABLE ${queue} (id int PRIMARY KEY, taken_by int)`);
    await database().pool.query(`INSERT INTO ${queue} SELECT generate_series(1, 60)`);
    const take = (worker: number) =>
      database().pool.query<{ id: number }>(
        `UPDATE ${queue} SET taken_by = $1 WHERE id IN (
           SELECT id FROM ${queue} WHERE taken_by IS NULL ORDER BY id LIMIT 3 FOR UPDATE SKIP LOCKED
         ) RETURNING id`,
        [worker],
      );
    const taken = await Promise.all(Array.from({ length: 20 }, (_, worker) => take(worker)));
    const ids = taken.flatMap((result) => result.rows.map((row) => row.id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(60);
  });

  test("a cursor reads a large result piece by piece", async () => {
    const client = await database().pool.connect();
    await client.query("BEGIN");
    await client.query("DECLARE pieces CURSOR FOR SELECT generate_series(1, 2500) AS n");
    let total = 0;
    for (;;) {
      const { rows } = await client.query<{ n: number }>("FETCH 1000 FROM pieces");
      if (rows.length === 0) break;
      total += rows.length;
    }
    await client.query("COMMIT");
    client.release();
    expect(total).toBe(2500);
  });

  test("two hundred queries at once are answered, each with its own answer", async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        database().pool.query<{ n: number }>("SELECT $1::int AS n", [index]),
      ),
    );
    expect(answers.map((answer) => answer.rows[0]?.n)).toEqual(answers.map((_, index) => index));
  });

  test("clients may use one name for different prepared statements", async () => {
    const [one, two] = await Promise.all([database().pool.connect(), database().pool.connect()]);
    const ask = (client: PoolClient, text: string) => client.query({ name: "same", text, values: ["7"] });
    expect((await ask(one, "SELECT $1::int AS v")).rows).toEqual([{ v: 7 }]);
    expect((await ask(two, "SELECT $1::text AS v")).rows).toEqual([{ v: "7" }]);
    expect((await ask(one, "SELECT $1::int AS v")).rows).toEqual([{ v: 7 }]);
    one.release(true);
    expect((await ask(two, "SELECT $1::text AS v")).rows).toEqual([{ v: "7" }]);
    two.release(true);
  });

  test.runIf(kind === "embedded")("COPY FROM STDIN is an ordinary error and harms nobody", async () => {
    await expect(database().pool.query(`COPY "Setting" FROM STDIN`)).rejects.toMatchObject({ code: "0A000" });
    await insert(database().pool, "after");
    expect(await keys()).toEqual(["after"]);
  });
});
