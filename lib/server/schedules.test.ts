import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import { createScheduleSchema, type Schedule, updateScheduleSchema } from "#lib/core/schedule.ts";
import type { Scope } from "#lib/core/scope.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { createSchedule } from "./create-schedule.ts";
import { deleteSchedule } from "./delete-schedule.ts";
import { disableSchedule } from "./disable-schedule.ts";
import { enableSchedule } from "./enable-schedule.ts";
import type { EndpointGuard } from "./endpoint-guard.ts";
import { getSchedule } from "./get-schedule.ts";
import { getScheduleRun } from "./get-schedule-run.ts";
import { listScheduleRuns } from "./list-schedule-runs.ts";
import { listSchedules } from "./list-schedules.ts";
import { triggerSchedule } from "./trigger-schedule.ts";
import { updateSchedule } from "./update-schedule.ts";

const NOW = new Date("2026-05-04T08:30:20Z");
const NINE = Date.parse("2026-05-04T09:00:00Z") / 1_000;
const DAY = 86_400;
const anything: EndpointGuard = () => undefined;
const nothing: EndpointGuard = () => {
  throw new AppError("forbidden", "Not this one.");
};

let db: TestDatabase;
let scope: Scope;
let stranger: Scope;

beforeAll(async () => {
  db = await openTestDatabase();
  scope = await makeScope();
  stranger = await makeScope();
});
afterAll(() => db.close());

const create = (input: object = {}, who = scope, guard = anything) =>
  createSchedule(
    who,
    createScheduleSchema.parse({
      name: `s-${randomUUID()}`,
      cron_expr: "0 9 * * *",
      endpoint: "/agents/assistant/runs",
      ...input,
    }),
    guard,
    NOW,
  );
const update = (id: string, input: object, who = scope, guard = anything) =>
  updateSchedule(who, id, updateScheduleSchema.parse(input), guard, NOW);

async function refusal(work: Promise<unknown>): Promise<[number, string]> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AppError) return [error.status, error.message];
    throw error;
  }
  throw new Error("It was not refused");
}

async function auditOf(id: string): Promise<string[]> {
  const { rows } = await db.pool.query<{ action: string }>(
    `SELECT action FROM "AuditEntry" WHERE "organizationId" = $1 AND "targetId" = $2 ORDER BY id`,
    [scope.organizationId, id],
  );
  return rows.map(({ action }) => action);
}

/** Puts a row into a schedule's history. */
async function addRun(schedule: Schedule, status: string): Promise<string> {
  const id = randomUUID();
  await db.pool.query(
    `INSERT INTO "ScheduleRun" ("organizationId", id, "scheduleId", "firingId", attempt, origin, status)
     VALUES ($1, $2, $3, $2, 1, 'cron', $4)`,
    [scope.organizationId, id, schedule.id, status],
  );
  return id;
}

test("a schedule is made with the wire's keys, changed, switched off and on, deleted, and all of it is audited", async () => {
  const made = await create({ name: "Daily report", payload: { message: "hi" } });
  expect(made).toEqual({
    id: expect.any(String),
    name: "Daily report",
    description: null,
    method: "POST",
    endpoint: "/agents/assistant/runs",
    payload: { message: "hi" },
    cron_expr: "0 9 * * *",
    timezone: "UTC",
    timeout_seconds: 3_600,
    max_retries: 0,
    retry_delay_seconds: 60,
    enabled: true,
    next_run_at: NINE,
    created_at: expect.any(Number),
    updated_at: null,
    overlap_policy: "skip",
    catch_up_policy: "once",
  });
  const { id } = made;
  expect(await getSchedule(scope, id)).toEqual(made);
  const changed = await update(id, { cron_expr: "0 10 * * *", description: "Each morning", payload: null });
  expect(changed).toEqual({
    ...made,
    cron_expr: "0 10 * * *",
    description: "Each morning",
    payload: null,
    next_run_at: NINE + 3_600,
    updated_at: expect.any(Number),
  });
  expect(await disableSchedule(scope, id)).toEqual({
    id,
    name: "Daily report",
    enabled: false,
    next_run_at: NINE + 3_600,
    updated_at: expect.any(Number),
  });
  expect(await enableSchedule(scope, id, anything, new Date("2026-05-04T10:00:00Z"))).toMatchObject({
    enabled: true,
    next_run_at: NINE + 3_600 + DAY,
  });
  expect(await deleteSchedule(scope, id)).toBeNull();
  expect(await refusal(getSchedule(scope, id))).toEqual([404, "Schedule not found"]);
  expect(await auditOf(id)).toEqual([
    "schedule.created",
    "schedule.updated",
    "schedule.disabled",
    "schedule.enabled",
    "schedule.deleted",
  ]);
});

describe("a change", () => {
  test("that leaves the times alone leaves the next one alone, though it has come", async () => {
    const { id } = await create();
    const late = new Date("2026-05-04T09:00:30Z");
    const renamed = await updateSchedule(scope, id, { description: "x" }, anything, late);
    expect(renamed.next_run_at).toBe(NINE);
    const moved = await updateSchedule(scope, id, { timezone: "Europe/Berlin" }, anything, late);
    expect(moved.next_run_at).toBe(NINE + DAY - 2 * 3_600);
  });

  test("of nothing writes nothing", async () => {
    const made = await create();
    expect(await update(made.id, {})).toEqual(made);
    expect(await auditOf(made.id)).toEqual(["schedule.created"]);
  });

  test("by two at once is made by one; the other is told", async () => {
    const { id } = await create();
    const outcomes = await Promise.allSettled([
      update(id, { description: "a" }),
      update(id, { description: "b" }),
      disableSchedule(scope, id),
    ]);
    const lost = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    expect(lost.every((error) => error instanceof AppError && error.status === 409)).toBe(true);
    expect((await auditOf(id)).length).toBe(outcomes.length - lost.length + 1);
  });

  test("to a disabled schedule does not wake it", async () => {
    const { id, next_run_at } = await create();
    await disableSchedule(scope, id);
    expect(await update(id, { cron_expr: "* * * * *" })).toMatchObject({ enabled: false, next_run_at });
  });
});

test("enabling what is enabled and disabling what is disabled changes nothing", async () => {
  const { id } = await create();
  const late = new Date("2026-05-04T09:00:30Z");
  expect(await enableSchedule(scope, id, anything, late)).toMatchObject({
    next_run_at: NINE,
    updated_at: null,
  });
  const off = await disableSchedule(scope, id);
  expect(await disableSchedule(scope, id)).toEqual(off);
});

test("disabling drops what waits behind a firing, not what is under way", async () => {
  const made = await create();
  const running = await addRun(made, "running");
  await addRun(made, "queued");
  await disableSchedule(scope, made.id);
  const { data } = await listScheduleRuns(scope, made.id, { page: 1, limit: 10 });
  expect(data.map(({ id }) => id)).toEqual([running]);
});

test("a name is an organization's own, and unique in it", async () => {
  const { name, id } = await create();
  const taken = [409, `Schedule with name '${name}' already exists`];
  expect(await refusal(create({ name }))).toEqual(taken);
  const other = await create();
  expect(await refusal(update(other.id, { name }))).toEqual(taken);
  expect(await update(id, { name })).toMatchObject({ name });
  expect(await create({ name }, stranger)).toMatchObject({ name });
});

test.each([
  [{ cron_expr: "nonsense" }, "Invalid cron expression: nonsense"],
  [{ cron_expr: "0 0 31 2 *" }, "Invalid cron expression: 0 0 31 2 *"],
  [{ cron_expr: "* * * * * *" }, "Invalid cron expression: * * * * * *"],
  [{ timezone: "Mars/Olympus" }, "Invalid timezone: Mars/Olympus"],
])("%j is refused with the wire's sentence, at the beginning and later", async (input, sentence) => {
  expect(await refusal(create(input))).toEqual([422, sentence]);
  const { id } = await create();
  expect(await refusal(update(id, input))).toEqual([422, sentence]);
});

test("every way to have an endpoint called asks the guard about the endpoint that results", async () => {
  const { id } = await create();
  const asked: string[] = [];
  const noting: EndpointGuard = (method, endpoint) => void asked.push(`${method} ${endpoint}`);
  await update(id, { payload: { message: "other" } }, scope, noting);
  await update(id, { endpoint: "/agents/web-reader/runs" }, scope, noting);
  expect(asked).toEqual(["POST /agents/assistant/runs", "POST /agents/web-reader/runs"]);

  expect(await refusal(create({}, scope, nothing))).toEqual([403, "Not this one."]);
  expect(await refusal(update(id, { payload: { message: "mine" } }, scope, nothing))).toEqual([
    403,
    "Not this one.",
  ]);
  expect(await refusal(triggerSchedule(scope, id, nothing, AbortSignal.abort()))).toEqual([
    403,
    "Not this one.",
  ]);
  await disableSchedule(scope, id);
  expect(await refusal(enableSchedule(scope, id, nothing))).toEqual([403, "Not this one."]);
  expect(await getSchedule(scope, id)).toMatchObject({ enabled: false, payload: { message: "other" } });
});

test("a disabled schedule cannot be triggered", async () => {
  const { id } = await create();
  await disableSchedule(scope, id);
  expect(await refusal(triggerSchedule(scope, id, anything, AbortSignal.abort()))).toEqual([
    409,
    "Schedule is disabled",
  ]);
});

test("lists come in pages, newest first, and can be narrowed to what is on or off", async () => {
  const mine = await makeScope();
  const made = [];
  for (let count = 0; count < 5; count++) made.push(await create({}, mine));
  await disableSchedule(mine, made[1]?.id ?? "");
  const page = await listSchedules(mine, { enabled: null, page: 2, limit: 2 });
  expect(page.meta).toMatchObject({ page: 2, limit: 2, total_pages: 3, total_count: 5 });
  expect(page.data.length).toBe(2);
  expect((await listSchedules(mine, { enabled: false, page: 1, limit: 9 })).data.map(({ id }) => id)).toEqual(
    [made[1]?.id],
  );
  expect((await listSchedules(mine, { enabled: true, page: 1, limit: 9 })).meta.total_count).toBe(4);
  expect((await listSchedules(mine, { enabled: null, page: 9, limit: 9 })).data).toEqual([]);
});

test("history is read with the schedule that it belongs to; what waits counts as running", async () => {
  const made = await create();
  const other = await create();
  const id = await addRun(made, "queued");
  const run = await getScheduleRun(scope, made.id, id);
  expect(run).toEqual({
    id,
    schedule_id: made.id,
    attempt: 1,
    triggered_at: null,
    completed_at: null,
    status: "running",
    status_code: null,
    run_id: null,
    session_id: null,
    error: null,
    input: null,
    output: null,
    requirements: null,
    created_at: expect.any(Number),
  });
  expect((await listScheduleRuns(scope, made.id, { page: 1, limit: 10 })).data).toEqual([run]);
  expect(await refusal(getScheduleRun(scope, other.id, id))).toEqual([404, "Schedule run not found"]);
  await deleteSchedule(scope, made.id);
  expect(await refusal(getScheduleRun(scope, made.id, id))).toEqual([404, "Schedule run not found"]);
});

test("another organization's schedule is not there, at every door", async () => {
  const made = await create();
  const run = await addRun(made, "success");
  const unknown = [404, "Schedule not found"];
  expect(await refusal(getSchedule(stranger, made.id))).toEqual(unknown);
  expect(await refusal(update(made.id, { name: "mine" }, stranger))).toEqual(unknown);
  expect(await refusal(enableSchedule(stranger, made.id, anything))).toEqual(unknown);
  expect(await refusal(disableSchedule(stranger, made.id))).toEqual(unknown);
  expect(await refusal(deleteSchedule(stranger, made.id))).toEqual(unknown);
  expect(await refusal(triggerSchedule(stranger, made.id, anything, AbortSignal.abort()))).toEqual(unknown);
  expect(await refusal(listScheduleRuns(stranger, made.id, { page: 1, limit: 10 }))).toEqual(unknown);
  expect(await refusal(getScheduleRun(stranger, made.id, run))).toEqual([404, "Schedule run not found"]);
  expect((await listSchedules(stranger, { enabled: null, page: 1, limit: 100 })).data).not.toContainEqual(
    expect.objectContaining({ id: made.id }),
  );
  expect(await getSchedule(scope, made.id)).toEqual(made);
});
