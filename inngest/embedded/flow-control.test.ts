import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { clearDurable } from "#tests/support/clear-durable.ts";
import { type DurableApp, startDurableApp } from "#tests/support/durable-app.ts";
import { eventually } from "#tests/support/eventually.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

let app: DurableApp;
afterEach(async () => {
  await app.engine.stop(1_000);
  expect(app.errors).toEqual([]);
  await clearDurable();
});

const START = { triggers: [{ event: "start" }], retries: 0 as const };

/** Calls that wait until they are let go on, by key. */
function gate() {
  const waiting = new Map<string, (() => void)[]>();
  return {
    enter: (key: string) =>
      new Promise<void>((resolve) => {
        waiting.set(key, [...(waiting.get(key) ?? []), resolve]);
      }),
    inside: (key: string) => waiting.get(key)?.length ?? 0,
    release: (key: string) => {
      const [first, ...rest] = waiting.get(key) ?? [];
      waiting.set(key, rest);
      first?.();
    },
  };
}

test("a key has as many calls at a time as its limit says, and one at its limit holds up nobody else", async () => {
  const { enter, inside, release } = gate();
  app = await startDurableApp({
    id: "limits",
    functions: (client) => [
      client.createFunction(
        { id: "f", ...START, concurrency: [{ limit: 2, key: "event.data.key" }, { limit: 40 }] },
        async ({ event, step }) => {
          await step.run("work", () => enter(event.data["key"] as string));
        },
      ),
    ],
  });
  const send = (key: string, count: number) =>
    app.client.send(Array.from({ length: count }, () => ({ name: "start", data: { key } })));
  await send("busy", 100);
  await eventually(() => (inside("busy") === 2 ? true : null));
  await send("other", 3);
  await eventually(() => (inside("other") === 2 ? true : null));
  release("other");
  await eventually(() => (inside("other") === 2 ? true : null));
  expect(inside("busy")).toBe(2);
  let most = 0;
  const runs = await eventually(async () => {
    most = Math.max(most, inside("busy"), inside("other"));
    release("busy");
    release("other");
    const { rowCount } = await database.pool.query(`SELECT 1 FROM "DurableRun" WHERE status = 'COMPLETED'`);
    return rowCount === 103 ? rowCount : null;
  });
  expect([runs, most]).toEqual([103, 2]);
});

test("however much is due, a process makes a bounded number of calls, and other functions get their turn", async () => {
  const { enter, inside, release } = gate();
  app = await startDurableApp({
    id: "bounded",
    functions: (client) => [
      client.createFunction({ id: "many", ...START }, () => enter("many")),
      client.createFunction({ id: "other", triggers: [{ event: "other" }] }, () => "done"),
    ],
  });
  await app.client.send(Array.from({ length: 300 }, () => ({ name: "start", data: {} })));
  await eventually(() => (inside("many") > 0 ? true : null));
  await app.client.send({ name: "other", data: {} });
  await app.ended("other");
  let most = 0;
  await eventually(async () => {
    most = Math.max(most, inside("many"));
    for (let count = inside("many"); count > 0; count -= 1) release("many");
    const { rowCount } = await database.pool.query(
      `SELECT 1 FROM "DurableRun" WHERE "functionId" = 'bounded-many' AND status = 'COMPLETED'`,
    );
    return rowCount === 300 ? true : null;
  });
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(32);
});

test("a singleton skips a second run, or replaces the first", async () => {
  const { enter, inside, release } = gate();
  app = await startDurableApp({
    id: "singleton",
    functions: (client) => [
      client.createFunction(
        { id: "skip", ...START, singleton: { key: "event.data.key", mode: "skip" } },
        async ({ event }) => {
          await enter("skip");
          return event.data["n"];
        },
      ),
      client.createFunction(
        { id: "cancel", ...START, singleton: { key: "event.data.key", mode: "cancel" } },
        async ({ event, step }) => {
          await step.sleep("nap", "1m");
          return event.data["n"];
        },
      ),
    ],
  });
  await app.client.send({ name: "start", data: { key: "a", n: 1 } });
  await eventually(() => (inside("skip") === 1 ? true : null));
  await app.client.send({ name: "start", data: { key: "a", n: 2 } });
  await app.jobs("sleep");
  release("skip");
  expect(await app.ended("skip")).toMatchObject([{ output: 1 }]);
  app.advance(61_000);
  expect(await app.ended("cancel", 2)).toMatchObject([{ status: "CANCELLED" }, { output: 2 }]);
  await app.client.send({ name: "start", data: { key: "a", n: 3 } });
  await eventually(() => (inside("skip") === 1 ? true : null));
  release("skip");
  expect(await app.ended("skip", 2)).toMatchObject([{ output: 1 }, { output: 3 }]);
});

test("a function starts once for each of its idempotency keys, within a day", async () => {
  app = await startDurableApp({
    id: "idempotency",
    functions: (client) => [
      client.createFunction(
        { id: "f", ...START, idempotency: "event.data.key" },
        ({ event }) => event.data["n"],
      ),
      client.createFunction({ id: "all", ...START }, () => null),
    ],
  });
  const send = (data: Record<string, unknown>) => app.client.send({ name: "start", data });
  await app.client.send([
    { name: "start", data: { key: "a", n: 1 } },
    { name: "start", data: { key: "a", n: 2 } },
  ]);
  await send({ key: "a", n: 3 });
  await send({ key: "b", n: 4 });
  await send({ n: 5 });
  await send({ n: 6 });
  await app.ended("all", 6);
  app.advance(24 * 3_600_000 + 1_000);
  await send({ key: "a", n: 7 });
  await app.ended("all", 7);
  const runs = await app.ended("f", 5);
  expect(runs.map(({ output }) => output)).toEqual([1, 4, 5, 6, 7]);
});

test("an event cancels the run that it names, asleep or under way", async () => {
  const { enter, inside, release } = gate();
  const after: number[] = [];
  app = await startDurableApp({
    id: "cancel-on",
    functions: (client) => [
      client.createFunction(
        { id: "f", ...START, cancelOn: [{ event: "stop", match: "data.n" }] },
        async ({ event, step }) => {
          if (event.data["sleeps"]) await step.sleep("nap", "1m");
          else await step.run("work", () => enter("work"));
          await step.run("after", () => after.push(event.data["n"] as number));
        },
      ),
      client.createFunction(
        { id: "told", triggers: [{ event: "inngest/function.cancelled" }] },
        ({ event }) => [event.data["function_id"], event.data["error"]],
      ),
      // Would go on for ever if its own end were told.
      client.createFunction(
        { id: "finished", triggers: [{ event: "inngest/function.finished" }] },
        ({ event }) => event.data["function_id"],
      ),
    ],
  });
  await app.client.send({ name: "start", data: { n: 1, sleeps: true } });
  await app.client.send({ name: "start", data: { n: 2, sleeps: true } });
  await app.client.send({ name: "start", data: { n: 3 } });
  await eventually(() => (inside("work") === 1 ? true : null));
  await app.jobs("sleep", 2);
  await app.client.send([1, 3].map((n) => ({ name: "stop", data: { n } })));
  expect(await app.ended("f", 2)).toMatchObject([{ status: "CANCELLED" }, { status: "CANCELLED" }]);
  release("work");
  app.advance(61_000);
  expect(await app.ended("f", 3)).toMatchObject([{}, { status: "COMPLETED" }, {}]);
  const cancelled = ["cancel-on-f", { name: "Error", message: "function cancelled" }];
  expect(await app.ended("told", 2)).toMatchObject([{ output: cancelled }, { output: cancelled }]);
  const finished = await app.ended("finished", 5);
  expect(finished.map(({ output }) => String(output)).sort()).toEqual([
    "cancel-on-f",
    "cancel-on-f",
    "cancel-on-f",
    "cancel-on-told",
    "cancel-on-told",
  ]);
  expect(after).toEqual([2]);
});

test("a run that starts too late or takes too long is cancelled", async () => {
  const { enter, inside, release } = gate();
  app = await startDurableApp({
    id: "timeouts",
    functions: (client) => [
      client.createFunction(
        { id: "start", ...START, concurrency: 1, timeouts: { start: "10s" } },
        async ({ step }) => {
          await step.run("work", () => enter("work"));
        },
      ),
      client.createFunction({ id: "finish", ...START, timeouts: { finish: "1h" } }, async ({ step }) => {
        await step.sleep("nap", "1d");
      }),
    ],
  });
  await app.client.send({ name: "start", data: {} });
  await eventually(() => (inside("work") === 1 ? true : null));
  await app.client.send({ name: "start", data: {} });
  await app.jobs("start-deadline", 2);
  app.advance(10_500);
  await app.jobs("start-deadline", 0);
  release("work");
  expect(await app.ended("start", 2)).toMatchObject([{ status: "COMPLETED" }, { status: "CANCELLED" }]);
  await app.jobs("finish-deadline", 2);
  app.advance(3_601_000);
  expect(await app.ended("finish", 2)).toMatchObject([{ status: "CANCELLED" }, { status: "CANCELLED" }]);
});

test("a run with priority goes before those that came a little earlier", async () => {
  const { enter, inside, release } = gate();
  app = await startDurableApp({
    id: "priority",
    functions: (client) => [
      client.createFunction(
        { id: "f", ...START, concurrency: 1, priority: { run: "event.data.vip ? 120 : 0" } },
        async ({ event }) => {
          await enter("work");
          return event.data["n"];
        },
      ),
    ],
  });
  const order: unknown[] = [];
  for (const [n, vip] of [false, false, true].entries()) {
    await app.client.send({ name: "start", data: { n, vip } });
    await eventually(() => (inside("work") === 1 ? true : null));
  }
  for (let count = 1; count <= 3; count += 1) {
    await eventually(() => (inside("work") === 1 ? true : null));
    release("work");
    await app.ended("f", count);
    const { rows } = await database.pool.query<{ output: string }>(
      `SELECT output FROM "DurableRun" WHERE "functionId" = 'priority-f' ORDER BY "endedAt" DESC NULLS LAST LIMIT 1`,
    );
    order.push(JSON.parse(rows[0]?.output ?? "null"));
  }
  expect(order).toEqual([0, 2, 1]);
});

test("an event of the future starts its function then", async () => {
  app = await startDurableApp({
    id: "future",
    functions: (client) => [client.createFunction({ id: "f", ...START }, () => "now")],
  });
  await app.client.send({ name: "start", data: {}, ts: Date.now() + 3_600_000 });
  await app.client.send({ name: "start", data: {}, ts: Date.now() - 3_600_000 });
  expect(await app.ended("f")).toHaveLength(1);
  await app.jobs("call", 1);
  app.advance(3_601_000);
  expect(await app.ended("f", 2)).toHaveLength(2);
});

test("a cron trigger fires in its zone, and one that was missed fires once", async () => {
  app = await startDurableApp({
    id: "cron",
    functions: (client) => [
      client.createFunction(
        { id: "f", triggers: [{ cron: "TZ=Europe/Paris 0 9 * * *" }] },
        ({ event }) => event,
      ),
    ],
  });
  await app.jobs("cron");
  app.advance(3 * 24 * 3_600_000);
  const [run] = await app.ended("f");
  const { name, data, ts } = z
    .object({ name: z.string(), data: z.unknown(), ts: z.number() })
    .parse(run?.output);
  expect({ name, data }).toEqual({
    name: "inngest/scheduled.timer",
    data: { cron: "TZ=Europe/Paris 0 9 * * *" },
  });
  const inParis = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Paris", timeStyle: "short" });
  expect(inParis.format(ts)).toBe("09:00");
  expect(await app.ended("f")).toHaveLength(1);
  app.advance(24 * 3_600_000);
  expect(await app.ended("f", 2)).toHaveLength(2);
});

test.each([
  ["throttle", { throttle: { limit: 1, period: "1s" } }],
  ["rateLimit", { rateLimit: { limit: 1, period: "1s" } }],
  ["debounce", { debounce: { period: "1s" } }],
  ["batchEvents", { batchEvents: { maxSize: 2, timeout: "1s" } }],
] as const)("a function with %s is refused when it is registered", async (option, options) => {
  const start = startDurableApp({
    id: `refused-${option}`,
    functions: (client) => [client.createFunction({ id: "f", ...START, ...options }, () => null)],
  });
  await expect(start).rejects.toThrow(
    `The durable function "refused-${option}-f" uses \`${option}\`, which the embedded engine does not have.`,
  );
});
