import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type DurableApp, startDurableApp } from "#tests/support/durable-app.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";

// Only a Postgres has several engines.
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ kind: "postgres" });
});
afterAll(() => database.close());

const engines: DurableApp[] = [];
afterEach(async () => {
  for (const app of engines) await app.engine.stop(1_000);
});

test("two engines on one database share the work, and nothing runs twice", async () => {
  const counts = new Map<string, number>();
  const called = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const begin = (place: number) =>
    startDurableApp({
      id: "share",
      functions: (client) => [
        client.createFunction(
          { id: "f", triggers: [{ event: "work" }], concurrency: { limit: 20, key: "event.data.key" } },
          async ({ event, step }) => {
            called[place]?.resolve();
            // More work than one engine takes at a time, and none of it ends before the other has taken some.
            await Promise.all(called.map(({ promise }) => promise));
            const count = (name: string) =>
              step.run(name, () => {
                const key = `${event.data["n"]} ${name}`;
                counts.set(key, (counts.get(key) ?? 0) + 1);
              });
            await Promise.all([count("a"), count("b")]);
            await count("c");
          },
        ),
      ],
    });
  engines.push(await begin(0), await begin(1));
  const [one, other] = engines;
  await Promise.all(
    engines.map((app, place) =>
      app.client.send(
        Array.from({ length: 30 }, (_, n) => ({
          name: "work",
          data: { n: `${place}-${n}`, key: `key ${n % 3}` },
        })),
      ),
    ),
  );
  await one?.ended("f", 60);
  expect(counts.size).toBe(180);
  expect([...counts.values()].every((count) => count === 1)).toBe(true);
  expect([one?.errors, other?.errors]).toEqual([[], []]);
});
