import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import { createScheduleSchema, type ScheduleRun } from "#lib/core/schedule.ts";
import type { Scope } from "#lib/core/scope.ts";
import type { ToolExecution } from "#lib/core/tool-execution.ts";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { type Heartbeat, startHeartbeat } from "#lib/db/leases.ts";
import { listRuns } from "#lib/db/runs.ts";
import { bootId } from "#lib/server/boot-id.ts";
import { cancelRun } from "#lib/server/cancel-run.ts";
import { createSchedule } from "#lib/server/create-schedule.ts";
import { dispatchSchedules } from "#lib/server/dispatch-schedules.ts";
import { listScheduleRuns } from "#lib/server/list-schedule-runs.ts";
import { type OwnApi, registerOwnApi } from "#lib/server/own-api.ts";
import { runDrivers } from "#lib/server/run-drivers.ts";
import { triggerSchedule } from "#lib/server/trigger-schedule.ts";
import { type DurableApp, startDurableApp } from "#tests/support/durable-app.ts";
import { eventually } from "#tests/support/eventually.ts";
import { identityEnvironment } from "#tests/support/identity-environment.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { caller, continueWith, pausingAgent } from "#tests/support/pausing-agent.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { POST as runAgentRoute } from "../app/api/agents/[agent_id]/runs/route.ts";
import { GET as listAgentsRoute } from "../app/api/agents/route.ts";
import { startOutboxRelay } from "./outbox-relay.ts";
import { runAfter } from "./run-after.ts";
import { runDrive } from "./run-drive.ts";
import { scheduleDispatch } from "./schedule-dispatch.ts";
import { scheduleFire } from "./schedule-fire.ts";

let db: TestDatabase;
let heartbeat: Heartbeat;
let app: DurableApp;
let relay: { stop(): Promise<void> };
let scope: Scope;
let removeFolder: () => void;
/** How far the engine's time is ahead of the clock. */
let aheadMs = 0;
/** What happens to the next calls of the own API instead of being answered. */
let failures: (() => Promise<never>)[] = [];

/** The real routes with their doors; only the way over HTTP is missing. */
const routes: OwnApi = async (request) => {
  const failure = failures.shift();
  if (failure !== undefined) return failure();
  return request.method === "GET" ? listAgentsRoute(request) : runAgentRoute(request);
};

beforeAll(async () => {
  removeFolder = identityEnvironment({ SCRIPTED_WORD_DELAY_MS: "0" });
  db = await openTestDatabase();
  heartbeat = await startHeartbeat(bootId());
  registerOwnApi(routes);
  app = await startDurableApp({ id: "schedules", functions: () => [runAfter, runDrive, scheduleFire] });
  relay = startOutboxRelay((events) => app.client.send(events));
});
beforeEach(async () => {
  scope = await makeScope();
  failures = [];
});
afterAll(async () => {
  await relay.stop();
  await app.engine.stop(1_000);
  registerOwnApi(null);
  await runDrivers().drain(1_000);
  await journalWriter().drain();
  await heartbeat.stop();
  await db.close();
  removeFolder();
});

async function create(input: object = {}): Promise<string> {
  const least = {
    name: `s-${randomUUID()}`,
    cron_expr: "0 9 * * *",
    endpoint: "/agents/assistant/runs",
    payload: { message: "hello" },
  };
  return (await createSchedule(scope, createScheduleSchema.parse({ ...least, ...input }), () => undefined))
    .id;
}

/** Makes the schedule's next time come and ticks. */
async function comeDue(id: string, minutesAgo = 0): Promise<void> {
  await db.pool.query(
    `UPDATE "Schedule" SET "nextRunAt" = date_trunc('minute', now()) - make_interval(mins => $2) WHERE id = $1`,
    [id, minutesAgo],
  );
  await dispatchSchedules(new Date());
}

const attemptsOf = async (id: string) =>
  (await listScheduleRuns(scope, id, { page: 1, limit: 100 })).data.toReversed();

/** Moves the engine's clock to the next thing that a firing waits for, when it does nothing else. */
async function skipPause(): Promise<void> {
  const { rows } = await db.pool.query<{ leftMs: number | null; busy: number }>(
    `SELECT min(extract(epoch FROM "availableAt" - now()) * 1000)::float AS "leftMs", count("ownerId")::int AS busy
     FROM "DurableJob" WHERE "functionId" = 'schedules-schedule-fire'`,
  );
  const { leftMs, busy } = rows[0] ?? { leftMs: null, busy: 0 };
  if (busy > 0 || leftMs === null) return;
  const stepMs = Math.max(0, Math.ceil(leftMs) + 1 - aheadMs);
  aheadMs += stepMs;
  app.advance(stepMs);
}

/** The attempts of a schedule once `count` of them have ended; `hurry` skips the pauses in between. */
function ended(id: string, count: number, hurry = false): Promise<ScheduleRun[]> {
  return eventually(
    async () => {
      if (hurry) await skipPause();
      const attempts = await attemptsOf(id);
      return attempts.filter(({ completed_at }) => completed_at !== null).length >= count ? attempts : null;
    },
    { timeoutMs: 30_000, everyMs: 50 },
  );
}

const runsHere = async () =>
  (await listRuns(scope, {}, { order: "oldest_first", limit: 100, offset: 0 })).runs;

describe("a schedule whose time has come", () => {
  it("runs its agent as the scheduler, once, and its history tells what came of it", async () => {
    const id = await create();
    await comeDue(id);
    const [attempt] = await ended(id, 1);
    const [run, ...others] = await runsHere();
    expect(others).toEqual([]);
    expect(run).toMatchObject({ subject: "__scheduler__", componentId: "assistant", status: "COMPLETED" });
    expect(attempt).toMatchObject({
      attempt: 1,
      status: "success",
      status_code: 200,
      run_id: run?.id,
      session_id: run?.sessionId,
      error: null,
      input: { input_content: "hello" },
      output: { content: expect.any(String), content_type: "str" },
    });
  });

  it("is woken by the run's end, not by a clock", async () => {
    const id = await create();
    const began = Date.now();
    await comeDue(id);
    await ended(id, 1);
    expect(Date.now() - began).toBeLessThan(4_000);
  });

  it("lets what is queued behind it go, one after the other", async () => {
    const id = await create({ cron_expr: "* * * * *", catch_up_policy: "all" });
    await comeDue(id, 4);
    const attempts = await ended(id, 3);
    expect(attempts.map(({ status }) => status).filter((status) => status !== "success")).toEqual([]);
    const begun = attempts.map(({ triggered_at }) => triggered_at ?? 0);
    expect(begun).toEqual(begun.toSorted((left, right) => left - right));
    expect(await runsHere()).toHaveLength(attempts.length);
  });

  it("may read, too; a call is no run", async () => {
    const id = await create({ method: "GET", endpoint: "/agents", payload: null });
    await comeDue(id);
    expect(await ended(id, 1)).toMatchObject([
      { status: "success", status_code: 200, run_id: null, output: null },
    ]);
    expect(await runsHere()).toEqual([]);
  });
});

describe("what fails", () => {
  it("is tried again after the schedule's pause, and each attempt is a row", async () => {
    const id = await create({ endpoint: "/agents/nobody/runs", max_retries: 2, retry_delay_seconds: 60 });
    await comeDue(id);
    const attempts = await ended(id, 3, true);
    expect(
      attempts.map(({ attempt, status, status_code, error }) => [attempt, status, status_code, error]),
    ).toEqual([1, 2, 3].map((attempt) => [attempt, "failed", 404, "Agent not found"]));
  });

  it("in the wrong words is refused at the door, as anybody's would be", async () => {
    const id = await create({ payload: { text: "no message" } });
    await comeDue(id);
    expect(await ended(id, 1)).toMatchObject([
      { status: "failed", status_code: 422, error: "body.message: Field required", run_id: null },
    ]);
  });

  it("on the way back is carried out again, and starts no second run", async () => {
    const id = await create();
    let calls = 0;
    registerOwnApi(async (request) => {
      const response = await routes(request);
      calls += 1;
      if (calls === 1) throw new Error("connection lost");
      return response;
    });
    await comeDue(id);
    expect(await ended(id, 1, true)).toMatchObject([{ attempt: 1, status: "success" }]);
    registerOwnApi(routes);
    expect(calls).toBe(2);
    expect(await runsHere()).toHaveLength(1);
  });

  it("to be carried out at all ends with the reason, when the engine gives up", async () => {
    const id = await create({ max_retries: 3 });
    failures = Array.from({ length: 9 }, () => () => Promise.reject(new Error("connection refused")));
    await comeDue(id);
    expect(await ended(id, 1, true)).toMatchObject([
      { status: "failed", error: "It could not be carried out: connection refused" },
    ]);
  });
});

describe("a run that waits for people", () => {
  const noting = (agentId: string) => ({
    endpoint: `/agents/${agentId}/runs`,
    payload: { message: '/tool take_note {"text":"milk"}' },
  });

  /** A firing that has just been paused. */
  async function paused(): Promise<{ id: string; agentId: string; attempt: ScheduleRun }> {
    const agentId = await pausingAgent(scope, { take_note: { requires_confirmation: true } });
    const id = await create(noting(agentId));
    const began = Date.now();
    await comeDue(id);
    const [attempt] = await ended(id, 1);
    // Woken by the pause, not by a clock.
    expect(Date.now() - began).toBeLessThan(4_000);
    if (attempt === undefined) throw new Error("There is no attempt.");
    return { id, agentId, attempt };
  }

  const settled = (id: string) =>
    eventually(async () => (await attemptsOf(id)).find(({ status }) => status !== "paused"));

  it("ends its firing at once, with what it waits for, and leaves no job waiting", async () => {
    const { id, attempt } = await paused();
    expect(attempt).toMatchObject({ status: "paused", status_code: 200, error: null });
    expect(attempt.requirements).toMatchObject([{ tool_execution: { tool_name: "take_note" } }]);
    await eventually(async () => {
      const { rows } = await db.pool.query<{ open: number }>(
        `SELECT count(*) FILTER (WHERE r."endedAt" IS NULL)::int AS open FROM "DurableRun" r
         JOIN "DurableEvent" e ON e.id = r."eventId"
         WHERE r."functionId" = 'schedules-schedule-fire' AND e.payload LIKE '%' || $1 || '%'`,
        [id],
      );
      return rows[0]?.open === 0 ? true : null;
    });
    // The next firing does not wait behind it.
    await comeDue(id);
    expect(await ended(id, 2)).toMatchObject([{ status: "paused" }, { status: "paused" }]);
  });

  it("and is continued: the history tells in the end what came of it", async () => {
    const { id, agentId, attempt } = await paused();
    const run = { runId: String(attempt.run_id), agentId, sessionId: String(attempt.session_id) };
    const [held] = attempt.requirements as { tool_execution: ToolExecution }[];
    await continueWith(caller(scope), run, [{ ...held?.tool_execution, confirmed: true }]);
    expect(await settled(id)).toMatchObject({
      id: attempt.id,
      attempt: 1,
      status: "success",
      error: null,
      requirements: null,
      output: { content: expect.stringContaining("milk") },
    });
    expect(await attemptsOf(id)).toHaveLength(1);
  });

  it("and is cancelled: the history says so, and nothing is tried again", async () => {
    const { id, attempt } = await paused();
    await cancelRun(scope, String(attempt.run_id), String(attempt.session_id));
    expect(await settled(id)).toMatchObject({ status: "failed", error: "Run was cancelled" });
    expect(await attemptsOf(id)).toHaveLength(1);
  });
});

describe("a trigger by hand", () => {
  const anything = () => undefined;

  it("answers with the finished attempt, and leaves the next time alone", async () => {
    const id = await create();
    const signal = AbortSignal.timeout(30_000);
    const run = await triggerSchedule(scope, id, anything, signal);
    expect(run).toMatchObject({ schedule_id: id, attempt: 1, status: "success", run_id: expect.any(String) });
    expect(await attemptsOf(id)).toEqual([run]);
    const { rows } = await db.pool.query(
      `SELECT action FROM "AuditEntry" WHERE "targetId" = $1 ORDER BY id`,
      [id],
    );
    expect(rows).toEqual([{ action: "schedule.created" }, { action: "schedule.triggered" }]);
  });

  it("goes on when its caller has gone", async () => {
    const id = await create();
    await expect(triggerSchedule(scope, id, anything, AbortSignal.timeout(5))).rejects.toThrow();
    expect(await ended(id, 1)).toMatchObject([{ status: "success" }]);
  });

  it("is refused while no server is there to carry it out", async () => {
    const id = await create();
    registerOwnApi(null);
    const refused = triggerSchedule(scope, id, anything, AbortSignal.timeout(5_000));
    await expect(refused).rejects.toMatchObject(new AppError("unavailable", "Scheduler is not running"));
    registerOwnApi(routes);
    expect(await attemptsOf(id)).toEqual([]);
  });
});

it("the tick comes with each minute and fires what is due", async () => {
  const id = await create({ endpoint: "/agents", method: "GET" });
  await db.pool.query(`UPDATE "Schedule" SET "nextRunAt" = date_trunc('minute', now()) WHERE id = $1`, [id]);
  const ticking = await startDurableApp({ id: "ticking", functions: () => [scheduleDispatch] });
  ticking.advance(60_000);
  expect(await ended(id, 1)).toMatchObject([{ status: "success" }]);
  await ticking.engine.stop(1_000);
});
