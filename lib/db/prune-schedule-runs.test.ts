import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createScheduleSchema } from "#lib/core/schedule.ts";
import { createSchedule } from "#lib/server/create-schedule.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { pruneScheduleRuns } from "./prune-schedule-runs.ts";
import { listScheduleRuns } from "./schedule-runs.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

test("old attempts go in pieces; the newest of each schedule and what has not ended stay", async () => {
  const scope = await makeScope();
  const input = { name: "s", cron_expr: "@daily", endpoint: "/agents/a/runs" };
  const { id } = await createSchedule(scope, createScheduleSchema.parse(input), () => undefined);
  for (let age = 0; age < 130; age += 1) {
    await db.pool.query(
      `INSERT INTO "ScheduleRun" ("organizationId", id, "scheduleId", "firingId", attempt, origin, status, "createdAt",
         "firingEndedAt")
       VALUES ($1, $2, $3, $2, 1, 'cron', 'success', now() - make_interval(days => $4),
         CASE WHEN $4 = 129 THEN NULL ELSE now() - make_interval(days => $4) END)`,
      [scope.organizationId, randomUUID(), id, age],
    );
  }
  const left = async () => (await listScheduleRuns(scope, id, { offset: 0, limit: 1 })).totalCount;
  expect(await pruneScheduleRuns(90, 10)).toBe(10);
  expect(await pruneScheduleRuns(90, 100)).toBe(29);
  expect(await pruneScheduleRuns(90, 100)).toBe(0);
  expect(await left()).toBe(91);
  expect(await pruneScheduleRuns(0, 1_000)).toBe(70);
  expect(await left()).toBe(21);
});
