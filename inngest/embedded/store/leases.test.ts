import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type DurableApp, startDurableApp } from "#tests/support/durable-app.ts";
import { eventually } from "#tests/support/eventually.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";

// Only on a Postgres are there others who could take a claim.
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ kind: "postgres" });
});
afterAll(() => database.close());

const LEASE_MS = 600;
const engines: DurableApp[] = [];
let calls: string[] = [];
let release: () => void;

/** An engine with a function that takes as long as the test likes, and one that ends at once. */
async function begin(id: string, name: string, leaseMs = LEASE_MS): Promise<DurableApp> {
  const held = Promise.withResolvers<void>();
  release = held.resolve;
  const app = await startDurableApp({
    id,
    leaseMs,
    checkpointing: false,
    functions: (client) => [
      client.createFunction({ id: "long", triggers: [{ event: "long" }] }, async () => {
        calls.push(`long at ${name}`);
        await held.promise;
      }),
      client.createFunction({ id: "short", triggers: [{ event: "short" }] }, () => {
        calls.push(`short at ${name}`);
      }),
    ],
  });
  engines.push(app);
  return app;
}

afterEach(async () => {
  release();
  for (const app of engines.splice(0)) await app.engine.stop(1_000);
  calls = [];
});

const longCall = async () => {
  const { rows } = await database.pool.query<{ generation: number; leftMs: number }>(
    `SELECT generation, (extract(epoch FROM "availableAt" - now()) * 1000)::float AS "leftMs" FROM "DurableJob"
     WHERE "functionId" LIKE '%-long' AND "ownerId" IS NOT NULL`,
  );
  return rows[0] ?? null;
};

test("a call that takes longer than its lease stays its engine's", async () => {
  const app = await begin("longer", "the first");
  await app.client.send({ name: "long", data: {} });
  await eventually(longCall);
  const letGo = release;
  await begin("longer", "the second");
  const beganAtMs = performance.now();
  await eventually(async () => {
    expect((await longCall())?.leftMs).toBeGreaterThan(0);
    return performance.now() - beganAtMs > 4 * LEASE_MS ? true : null;
  });
  letGo();
  expect(await app.ended("long")).toMatchObject([{ status: "COMPLETED" }]);
  expect(calls).toEqual(["long at the first"]);
});

test("a claim that ran out while its engine stalled, and that nobody took, is not taken a second time by that engine", async () => {
  const app = await begin("stalled", "the only one", 60_000);
  await app.client.send({ name: "long", data: {} });
  await eventually(longCall);
  await database.pool.query(`UPDATE "DurableJob" SET "availableAt" = now() WHERE "ownerId" IS NOT NULL`);
  app.engine.wake();
  await app.client.send({ name: "short", data: {} });
  await app.ended("short");
  release();
  expect(await app.ended("long")).toMatchObject([{ status: "COMPLETED" }]);
  expect(calls).toEqual(["long", "short"].map((name) => `${name} at the only one`));
});

test("a call whose outcome could not be written is made again soon, though its engine is alive and busy", async () => {
  await database.pool.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'The disk is full.'; END $$;
    CREATE TRIGGER refuse BEFORE UPDATE ON "DurableRun" FOR EACH ROW
    WHEN (NEW."functionId" = 'unwritten-short' AND NEW."endedAt" IS NOT NULL) EXECUTE FUNCTION refuse()`);
  const app = await begin("unwritten", "the only one");
  await app.client.send({ name: "long", data: {} });
  await eventually(longCall);
  await app.client.send({ name: "short", data: {} });
  await eventually(() => (app.errors.length > 0 ? true : null));
  await database.pool.query(`DROP TRIGGER refuse ON "DurableRun"`);
  expect(await app.ended("short")).toMatchObject([{ status: "COMPLETED" }]);
  expect(calls).toEqual(["long", "short", "short"].map((name) => `${name} at the only one`));
});
