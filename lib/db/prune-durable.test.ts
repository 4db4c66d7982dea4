import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type DurableApp, startDurableApp } from "#tests/support/durable-app.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { pruneDurable } from "./prune-durable.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

let app: DurableApp;
afterEach(() => app.engine.stop(1_000));

test("what ended long ago is removed with its event; what still waits keeps its own", async () => {
  app = await startDurableApp({
    id: "old",
    functions: (client) => [
      client.createFunction({ id: "ends", triggers: [{ event: "short" }] }, ({ step }) =>
        step.run("s", () => 1),
      ),
      client.createFunction({ id: "waits", triggers: [{ event: "long" }] }, async ({ step }) => {
        await step.run("s", () => 1);
        return step.waitForEvent("w", { event: "answer", timeout: "1h", match: "data.n" });
      }),
    ],
  });
  await app.client.send(["short", "long", "nobody listens"].map((name) => ({ name, data: { n: 1 } })));
  await app.ended("ends");
  await app.jobs("timeout");
  expect(await pruneDurable(new Date(0))).toEqual({ runs: 0, events: 0, isComplete: true });
  expect(await pruneDurable(new Date(Date.now() + 60_000))).toEqual({ runs: 1, events: 2, isComplete: true });
  const { rows } = await database.pool.query(`SELECT count(*)::int AS steps FROM "DurableStep"`);
  expect(rows).toEqual([{ steps: 2 }]);
  await app.client.send({ name: "answer", data: { n: 1 } });
  expect(await app.ended("waits")).toMatchObject([{ status: "COMPLETED" }]);
});
