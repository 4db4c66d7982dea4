import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { cronSchedule } from "#lib/core/cron-schedule.ts";
import { planFirings } from "#lib/core/plan-firings.ts";
import { createScheduleSchema } from "#lib/core/schedule.ts";
import type { Scope } from "#lib/core/scope.ts";
import { endAttempt } from "#lib/db/schedule-attempts.ts";
import { claimSchedules, listDueSchedules, releaseQueuedFirings } from "#lib/db/schedule-claims.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { createSchedule } from "./create-schedule.ts";
import { disableSchedule } from "./disable-schedule.ts";
import { dispatchSchedules } from "./dispatch-schedules.ts";
import { updateSchedule } from "./update-schedule.ts";

const START = new Date("2026-05-04T08:59:30Z");
const at = (time: string) => new Date(`2026-05-04T${time}Z`);
const anything = () => undefined;

let db: TestDatabase;
let scope: Scope;

beforeAll(async () => {
  db = await openTestDatabase();
});
beforeEach(async () => {
  // A dispatcher fires for everybody: what another test has left must not come due.
  await db.pool.query(`DELETE FROM "Schedule"`);
  await db.pool.query(`DELETE FROM "Outbox"`);
  scope = await makeScope();
});
afterAll(() => db.close());

async function create(input: object = {}, now = START, who = scope): Promise<string> {
  const least = { name: `s-${randomUUID()}`, cron_expr: "* * * * *", endpoint: "/agents/assistant/runs" };
  return (await createSchedule(who, createScheduleSchema.parse({ ...least, ...input }), anything, now)).id;
}

interface Row {
  id: string;
  due: string;
  status: string;
  origin: string;
  missed: number;
  skipped: number;
}

/** The firings of a schedule by their times, with the minutes as words. */
async function firingsOf(scheduleId: string): Promise<Row[]> {
  const { rows } = await db.pool.query<Omit<Row, "due"> & { dueAt: Date }>(
    `SELECT id, "dueAt", status, origin, "missedCount" AS missed, "skippedCount" AS skipped
     FROM "ScheduleRun" WHERE "scheduleId" = $1 ORDER BY "dueAt"`,
    [scheduleId],
  );
  return rows.map(({ dueAt, ...row }) => ({ ...row, due: dueAt.toISOString().slice(11, 16) }));
}

const short = (rows: Row[]) => rows.map(({ due, status }) => `${due} ${status}`);

/** The firings that the durable engine is told of, each as often as it is told. */
async function woken(): Promise<string[]> {
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT payload ->> 'scheduleRunId' AS id FROM "Outbox" WHERE topic = 'gatehouse/schedule.fired' ORDER BY id`,
  );
  return rows.map(({ id }) => id);
}

async function end(id: string): Promise<void> {
  const outcome = { status: "success", statusCode: 200, error: null } as const;
  expect(await endAttempt(scope, id, outcome, { endsFiring: true, now: new Date() })).toBe(true);
}

test("a time that has come fires once, exactly at its minute, and the engine is told in the same commit", async () => {
  const id = await create({ cron_expr: "0 9 * * *" });
  expect(await dispatchSchedules(at("08:59:59.999"))).toMatchObject({ fired: 0 });
  expect(await dispatchSchedules(at("09:00:00.000"))).toMatchObject({ fired: 1 });
  expect(await dispatchSchedules(at("09:00:00.000"))).toMatchObject({ fired: 0 });
  const [firing, ...others] = await firingsOf(id);
  expect(others).toEqual([]);
  expect(firing).toMatchObject({ due: "09:00", status: "running", origin: "cron", missed: 0, skipped: 0 });
  const { rows } = await db.pool.query(`SELECT "organizationId", topic, payload FROM "Outbox"`);
  expect(rows).toEqual([
    {
      organizationId: scope.organizationId,
      topic: "gatehouse/schedule.fired",
      payload: { organizationId: scope.organizationId, scheduleId: id, scheduleRunId: firing?.id },
    },
  ]);
});

describe("while a firing is under way", () => {
  test("skip leaves the next ones out and counts them", async () => {
    const id = await create({ overlap_policy: "skip" });
    for (const time of ["09:00:01", "09:01:01", "09:02:01"]) await dispatchSchedules(at(time));
    const [first] = await firingsOf(id);
    expect(short(await firingsOf(id))).toEqual(["09:00 running"]);
    expect(first?.skipped).toBe(2);
    await end(first?.id ?? "");
    await dispatchSchedules(at("09:03:01"));
    expect(short(await firingsOf(id))).toEqual(["09:00 success", "09:03 running"]);
  });

  test("parallel fires beside it", async () => {
    const id = await create({ overlap_policy: "parallel" });
    for (const time of ["09:00:01", "09:01:01"]) await dispatchSchedules(at(time));
    expect(short(await firingsOf(id))).toEqual(["09:00 running", "09:01 running"]);
    expect(await woken()).toHaveLength(2);
  });

  test("queue lets one after the other go, in order, whoever ends", async () => {
    const id = await create({ overlap_policy: "queue" });
    for (const time of ["09:00:01", "09:01:01", "09:02:01"]) await dispatchSchedules(at(time));
    expect(short(await firingsOf(id))).toEqual(["09:00 running", "09:01 queued", "09:02 queued"]);
    expect(await releaseQueuedFirings()).toEqual([]);
    const [first, second] = await firingsOf(id);
    await end(first?.id ?? "");
    const released = await Promise.all([
      releaseQueuedFirings(),
      releaseQueuedFirings({ organizationId: scope.organizationId, scheduleId: id }),
    ]);
    expect(released.flat()).toEqual([second?.id]);
    expect(short(await firingsOf(id))).toEqual(["09:00 success", "09:01 running", "09:02 queued"]);
    expect(new Set(await woken())).toEqual(new Set([first?.id, second?.id]));
    // A release that was lost in a crash is made up for by the next tick.
    await end(second?.id ?? "");
    await dispatchSchedules(at("09:02:30"));
    expect(short(await firingsOf(id))).toEqual(["09:00 success", "09:01 success", "09:02 running"]);
  });

  test("a queue has an end", async () => {
    const id = await create({ overlap_policy: "queue", catch_up_policy: "all" });
    for (let minute = 0; minute < 130; minute += 1) {
      await dispatchSchedules(new Date(at("09:00:01").getTime() + minute * 60_000));
    }
    const rows = await firingsOf(id);
    expect(rows.filter(({ status }) => status === "queued")).toHaveLength(100);
    expect(rows[0]?.skipped).toBe(29);
  });
});

describe("after the server was down for four hours", () => {
  const hourly = (catch_up_policy: string, overlap_policy = "skip") =>
    create({ cron_expr: "0 * * * *", catch_up_policy, overlap_policy });

  test("skip fires nothing that was missed", async () => {
    const id = await hourly("skip");
    expect(await dispatchSchedules(at("12:30:00"))).toMatchObject({ fired: 0 });
    await dispatchSchedules(at("13:00:00"));
    expect(short(await firingsOf(id))).toEqual(["13:00 running"]);
  });

  test("once fires one for all", async () => {
    const id = await hourly("once");
    await dispatchSchedules(at("12:30:00"));
    expect(await firingsOf(id)).toMatchObject([
      { due: "12:00", origin: "catch_up", missed: 3, status: "running" },
    ]);
  });

  test("all fires each, one after the other unless they may overlap", async () => {
    const queued = await hourly("all");
    const parallel = await hourly("all", "parallel");
    await dispatchSchedules(at("12:30:00"));
    expect(short(await firingsOf(queued))).toEqual([
      "09:00 running",
      "10:00 queued",
      "11:00 queued",
      "12:00 queued",
    ]);
    expect(new Set((await firingsOf(parallel)).map(({ status }) => status))).toEqual(new Set(["running"]));
  });
});

test("what is disabled or was changed since it was read is not fired", async () => {
  const disabled = await create();
  await disableSchedule(scope, disabled);
  await dispatchSchedules(at("09:00:01"));
  expect(await firingsOf(disabled)).toEqual([]);

  const changed = await create();
  const read = await listDueSchedules(at("09:00:01"), 10);
  await updateSchedule(scope, changed, { cron_expr: "0 12 * * *" }, anything, at("09:00:01"));
  const firings = [{ id: randomUUID(), dueAt: at("09:00:00"), isCatchUp: false, missedCount: 0 }];
  expect(await claimSchedules(read.map((due) => ({ due, nextRunAt: at("09:01:00"), firings })))).toEqual([]);
  expect(await firingsOf(changed)).toEqual([]);
  await dispatchSchedules(at("12:00:00"));
  expect(short(await firingsOf(changed))).toEqual(["12:00 running"]);
});

test("a firing that nobody finishes ends as lost after all the time that it could take", async () => {
  const id = await create({ timeout_seconds: 60, max_retries: 1, retry_delay_seconds: 30 });
  await dispatchSchedules(at("09:00:01"));
  expect(await dispatchSchedules(at("09:00:02"))).toMatchObject({ lost: 0 });
  await db.pool.query(
    `UPDATE "ScheduleRun" SET "expiresAt" = now() - interval '1 second' WHERE "scheduleId" = $1`,
    [id],
  );
  expect(await dispatchSchedules(at("09:00:03"))).toMatchObject({ lost: 1 });
  expect(short(await firingsOf(id))).toEqual(["09:00 failed"]);
  await dispatchSchedules(at("09:01:01"));
  expect(short(await firingsOf(id))).toEqual(["09:00 failed", "09:01 running"]);
});

test("more schedules than one batch are all fired", async () => {
  for (let count = 0; count < 130; count += 1) await create();
  expect(await dispatchSchedules(at("09:00:01"))).toMatchObject({ fired: 130 });
});

test("five dispatchers at the same moment fire each time once", async () => {
  for (let count = 0; count < 40; count += 1) await create({ overlap_policy: "parallel" });
  for (const time of ["09:00:01", "09:01:01", "09:02:01"]) {
    const results = await Promise.all(Array.from({ length: 5 }, () => dispatchSchedules(at(time))));
    expect(results.reduce((sum, { fired }) => sum + fired, 0)).toBe(40);
  }
  const { rows } = await db.pool.query(
    `SELECT "scheduleId", count(DISTINCT "dueAt")::int AS times, count(*)::int AS firings FROM "ScheduleRun" GROUP BY 1`,
  );
  expect(rows).toHaveLength(40);
  expect(rows.every(({ times, firings }) => times === 3 && firings === 3)).toBe(true);
  expect(new Set(await woken()).size).toBe(120);
});

test("two dispatchers fire each time once and leave none out, however their reads and claims interleave", async () => {
  const step = fc.record({
    who: fc.integer({ min: 0, max: 1 }),
    act: fc.constantFrom("read", "claim"),
    waitMs: fc.integer({ min: 0, max: 20_000 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      await db.pool.query(`DELETE FROM "Schedule"`);
      const ids = [
        await create({ overlap_policy: "parallel", catch_up_policy: "all" }),
        await create({ cron_expr: "*/2 * * * *", overlap_policy: "parallel", catch_up_policy: "all" }),
      ];
      let now = START;
      const plans: (() => Promise<unknown>)[] = [];
      for (const { who, act, waitMs } of steps) {
        now = new Date(now.getTime() + waitMs);
        if (act === "claim") {
          await plans[who]?.();
          continue;
        }
        const readAt = now;
        const claims = (await listDueSchedules(readAt, 10)).map((due) => {
          const cron = cronSchedule(due.cronExpression, due.timeZone);
          if (cron === null) throw new Error("no expression");
          const plan = planFirings(cron, due, readAt);
          return {
            due,
            nextRunAt: plan.nextRunAt,
            firings: plan.firings.map((one) => ({ ...one, id: randomUUID() })),
          };
        });
        // The claim may be made much later, or twice, as by a process that was paused.
        plans[who] = () => claimSchedules(claims);
      }
      await Promise.all([dispatchSchedules(now), dispatchSchedules(now)]);
      for (const [index, id] of ids.entries()) {
        const expected =
          cronSchedule(index === 0 ? "* * * * *" : "*/2 * * * *", "UTC")?.timesUntil(now, 100) ?? [];
        const due = expected.filter((time) => time > START).map((time) => time.toISOString().slice(11, 16));
        expect((await firingsOf(id)).map((row) => row.due)).toEqual(due);
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);
