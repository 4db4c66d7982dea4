import { afterAll, beforeAll, expect, test } from "vitest";
import { startDurableApp } from "#tests/support/durable-app.ts";
import { eventually } from "#tests/support/eventually.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

async function runOf(functionId: string) {
  const { rows } = await database.pool.query<{ status: string; output: string | null; error: string | null }>(
    `SELECT status, output, error FROM "DurableRun" WHERE "functionId" = $1 AND "endedAt" IS NOT NULL`,
    [functionId],
  );
  return rows[0];
}

test("a function runs its steps once, sleeps, waits for an event and sends one", async () => {
  const calls: string[] = [];
  let aheadMs = 0;
  const app = await startDurableApp({
    aheadMs: () => aheadMs,
    functions: (client) => [
      client.createFunction(
        { id: "all", triggers: [{ event: "start" }], retries: 0 },
        async ({ step, event }) => {
          const one = await step.run("one", () => {
            calls.push("one");
            return event.data["n"] as number;
          });
          await step.sleep("nap", "1m");
          const come = await step.waitForEvent("wait", { event: "come", timeout: "1h", match: "data.n" });
          await step.sendEvent("tell", { name: "told", data: { n: one } });
          return { one, come: come?.data };
        },
      ),
      client.createFunction({ id: "told", triggers: [{ event: "told" }] }, ({ event }) => event.data),
    ],
  });
  await app.client.send({ name: "start", data: { n: 5 } });
  await eventually(async () => {
    const { rowCount } = await database.pool.query(`SELECT 1 FROM "DurableJob" WHERE kind = 'sleep'`);
    return rowCount === 1 ? true : null;
  });
  aheadMs = 61_000;
  app.engine.wake();
  await eventually(async () => {
    const { rowCount } = await database.pool.query(`SELECT 1 FROM "DurablePause"`);
    return rowCount === 1 ? true : null;
  });
  await app.client.send({ name: "come", data: { n: 4 } });
  await app.client.send({ name: "come", data: { n: 5, ok: true } });
  const run = await eventually(() => runOf("app-all"));
  expect(run).toEqual({ status: "COMPLETED", output: '{"come":{"n":5,"ok":true},"one":5}', error: null });
  expect(await eventually(() => runOf("app-told"))).toMatchObject({ output: '{"n":5}' });
  expect(calls).toEqual(["one"]);
  expect(app.errors).toEqual([]);
  await app.engine.stop(1_000);
});
