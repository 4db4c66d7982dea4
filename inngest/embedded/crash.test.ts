import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { clearDurable } from "#tests/support/clear-durable.ts";
import { type DurableApp, startDurableApp } from "#tests/support/durable-app.ts";
import { eventually } from "#tests/support/eventually.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
afterEach(clearDurable);

/** On a Postgres that engines share, the claims of a dead one end with their lease. */
function outliveLease(app: DurableApp): void {
  if (database.kind === "postgres") app.advance(16_000);
}

interface Journal {
  calls: string[];
  /** Holds up the step `held` of the first life. */
  hold: Promise<void>;
  life: number;
}

/** A function with a step before, one that is held up, and one after. */
function start(id: string, journal: Journal): Promise<DurableApp> {
  const { life } = journal;
  return startDurableApp({
    id,
    functions: (client) => [
      client.createFunction({ id: "f", triggers: [{ event: id }], retries: 0 }, async ({ step, attempt }) => {
        await step.run("before", () => journal.calls.push(`before ${life}`));
        await step.run("held", async () => {
          journal.calls.push(`held ${life} attempt ${attempt}`);
          if (life === 1) await journal.hold;
        });
        await step.run("after", () => journal.calls.push(`after ${life}`));
        return life;
      }),
    ],
  });
}

test("killed inside a step: it is run again, what was done is not, and the dead call can do nothing more", async () => {
  const held = Promise.withResolvers<void>();
  const journal: Journal = { calls: [], hold: held.promise, life: 1 };
  const first = await start("in-step", journal);
  await first.client.send({ name: "in-step", data: {} });
  await eventually(() => (journal.calls.length === 2 ? true : null));
  first.engine.abandon();
  journal.life = 2;
  const second = await start("in-step", journal);
  outliveLease(second);
  const [run] = await second.ended("f");
  expect(run).toMatchObject({ status: "COMPLETED", output: 2 });
  // The dead call comes back: its checkpoint is refused, its answer has no effect, and the SDK runs no further step.
  held.resolve();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(journal.calls).toEqual(["before 1", "held 1 attempt 0", "held 2 attempt 0", "after 2"]);
  expect(first.errors).toEqual([]);
  await second.engine.stop(1_000);
});

test("killed in a sleep and in a wait: both go on after the restart", async () => {
  const calls: string[] = [];
  const begin = () =>
    startDurableApp({
      id: "resting",
      functions: (client) => [
        client.createFunction({ id: "sleeper", triggers: [{ event: "rest" }] }, async ({ step }) => {
          await step.run("before", () => calls.push("sleeper"));
          await step.sleep("nap", "1h");
          return "awake";
        }),
        client.createFunction({ id: "waiter", triggers: [{ event: "rest" }] }, async ({ step, event }) => {
          await step.run("before", () => calls.push("waiter"));
          const come = await step.waitForEvent("w", { event: "go", timeout: "2h", match: "data.n" });
          return [event.data["n"], come?.data["n"]];
        }),
      ],
    });
  const first = await begin();
  await first.client.send({ name: "rest", data: { n: 7 } });
  await first.jobs("sleep");
  await first.jobs("timeout");
  first.engine.abandon();
  const second = await begin();
  await second.client.send({ name: "go", data: { n: 7 } });
  expect((await second.ended("waiter"))[0]?.output).toEqual([7, 7]);
  second.advance(3_601_000);
  expect((await second.ended("sleeper"))[0]?.output).toBe("awake");
  expect(calls.sort()).toEqual(["sleeper", "waiter"]);
  await second.engine.stop(1_000);
});

test("a new version goes on with waiting runs, and holds those of a function that it does not have", async () => {
  const begin = (names: string[], version: number) =>
    startDurableApp({
      id: "upgrade",
      functions: (client) =>
        names.map((id) =>
          client.createFunction({ id, triggers: [{ event: "up" }], retries: 0 }, async ({ step }) => {
            const made = await step.run("made", () => version);
            await step.sleep("nap", "1m");
            const added = version > 1 ? await step.run("added", () => version) : null;
            return { made, added };
          }),
        ),
    });
  const first = await begin(["kept", "gone"], 1);
  await first.client.send({ name: "up", data: {} });
  await first.jobs("sleep", 2);
  await first.engine.stop(1_000);
  const second = await begin(["kept"], 2);
  second.advance(61_000);
  expect((await second.ended("kept"))[0]?.output).toEqual({ made: 1, added: 2 });
  await second.client.send({ name: "up", data: {} });
  await second.jobs("sleep", 1);
  await second.jobs("call", 1);
  await second.engine.stop(1_000);
  const third = await begin(["kept", "gone"], 3);
  third.advance(200_000);
  expect(await third.ended("gone")).toMatchObject([{ output: { made: 1, added: 3 } }]);
  expect(await third.ended("kept", 2)).toHaveLength(2);
  await third.engine.stop(1_000);
});

test("stopping waits for calls under way and gives up those that take longer", async () => {
  const slow = Promise.withResolvers<void>();
  const calls: string[] = [];
  const begin = (life: number) =>
    startDurableApp({
      id: "drain",
      functions: (client) => [
        client.createFunction({ id: "quick", triggers: [{ event: "go" }] }, async ({ step }) => {
          await step.run("work", async () => {
            calls.push(`quick ${life}`);
            await new Promise((resolve) => setTimeout(resolve, 200));
          });
        }),
        client.createFunction({ id: "slow", triggers: [{ event: "go" }] }, async ({ step, attempt }) => {
          await step.run("work", async () => {
            calls.push(`slow ${life} attempt ${attempt}`);
            if (life === 1) await slow.promise;
          });
        }),
      ],
    });
  const first = await begin(1);
  await first.client.send({ name: "go", data: {} });
  await eventually(() => (calls.length === 2 ? true : null));
  await first.engine.stop(1_000);
  expect(await first.ended("quick")).toHaveLength(1);
  const { rows } = await database.pool.query(`SELECT 1 FROM "DurableJob" WHERE "ownerId" IS NOT NULL`);
  expect(rows).toHaveLength(0);
  const second = await begin(2);
  expect(await second.ended("slow")).toMatchObject([{ status: "COMPLETED" }]);
  slow.resolve();
  expect(calls.sort()).toEqual(["quick 1", "slow 1 attempt 0", "slow 2 attempt 0"]);
  await second.engine.stop(1_000);
});
