import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { redeemInternalToken } from "#lib/auth/internal-tokens.ts";
import { schedulerPrincipal } from "#lib/auth/scheduler-principal.ts";
import { createScheduleSchema, updateScheduleSchema } from "#lib/core/schedule.ts";
import type { Scope } from "#lib/core/scope.ts";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { fireByHand } from "#lib/db/schedule-claims.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { newRun } from "#tests/support/new-run.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { createSchedule } from "./create-schedule.ts";
import { deleteSchedule } from "./delete-schedule.ts";
import { disableSchedule } from "./disable-schedule.ts";
import { failFiring } from "./fail-firing.ts";
import { listScheduleRuns } from "./list-schedule-runs.ts";
import { lookAtAttempt } from "./look-at-attempt.ts";
import { type OwnApi, registerOwnApi } from "./own-api.ts";
import { startAttempt } from "./start-attempt.ts";
import { updateSchedule } from "./update-schedule.ts";

interface Call {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

const anything = () => undefined;
let db: TestDatabase;
let scope: Scope;
let calls: Call[];
/** What the API answers next; the default takes a run as a real server does. */
let answer: (call: Call) => Promise<Response> | Response;

const own: OwnApi = async (request) => {
  const call = {
    method: request.method,
    url: request.url,
    headers: Object.fromEntries(request.headers),
    body: await request.text(),
  };
  calls.push(call);
  return answer(call);
};

beforeAll(async () => {
  db = await openTestDatabase();
  registerOwnApi(own);
});
beforeEach(async () => {
  scope = await makeScope();
  calls = [];
  answer = takeRun;
});
afterAll(async () => {
  registerOwnApi(null);
  await journalWriter().drain();
  await db.close();
});

/** Makes a run and says where to ask for it; the same run for the same key. */
async function takeRun({ headers }: Call): Promise<Response> {
  const run = newRun({ bootId: null, idempotencyKey: headers["idempotency-key"] ?? "" });
  const created = await journalWriter().createRun(scope, run);
  const [runId, sessionId] =
    created.kind === "repeated" ? [created.runId, created.sessionId] : [run.runId, run.session.id];
  return Response.json({ run_id: runId, session_id: sessionId, status: "PENDING" }, { status: 202 });
}

interface Firing {
  scheduleId: string;
  firingId: string;
}

async function fire(input: object = {}): Promise<Firing> {
  const least = { name: `s-${randomUUID()}`, cron_expr: "@yearly", endpoint: "/agents/plain/runs" };
  const { id } = await createSchedule(scope, createScheduleSchema.parse({ ...least, ...input }), anything);
  const firingId = randomUUID();
  expect(await fireByHand(scope, { id, revision: 1 }, firingId)).toBe(true);
  return { scheduleId: id, firingId };
}

async function runsOf({ scheduleId }: Firing) {
  return (await listScheduleRuns(scope, scheduleId, { page: 1, limit: 50 })).data;
}

async function endRun(runId: string, status: string, change = ""): Promise<void> {
  await db.pool.query(`UPDATE "Run" SET status = $2, content = 'Echo: hello'${change} WHERE id = $1`, [
    runId,
    status,
  ]);
}

const runIds = async () =>
  (
    await db.pool.query<{ id: string }>(`SELECT id FROM "Run" WHERE "organizationId" = $1`, [
      scope.organizationId,
    ])
  ).rows.map(({ id }) => id);

describe("a run endpoint", () => {
  test("is called as a form in the background, by the scheduler, and waited for", async () => {
    const payload = {
      message: "hi",
      session_state: { team: "a" },
      flag: true,
      empty: null,
      stream: true,
      background: false,
      user_id: "somebody else",
    };
    const firing = await fire({ payload });
    const state = await startAttempt(scope, firing.firingId, 1);
    const [call] = calls;
    expect(call).toMatchObject({ method: "POST", url: "http://own.invalid/api/agents/plain/runs" });
    expect(Object.fromEntries(new URLSearchParams(call?.body))).toEqual({
      message: "hi",
      session_state: '{"team":"a"}',
      flag: "true",
      stream: "false",
      background: "true",
    });
    expect(call?.headers["idempotency-key"]).toBe(`schedule-run-${firing.firingId}`);
    const { organizationId } = scope;
    const token = call?.headers["authorization"]?.replace("Bearer ", "") ?? "";
    const expected = schedulerPrincipal({ organizationId, organizationSlug: expect.any(String) as string });
    expect(redeemInternalToken(token)).toEqual(expected);

    const [runId = ""] = await runIds();
    expect(state).toEqual({ kind: "running", runId, waitSeconds: 5 });
    expect(await runsOf(firing)).toMatchObject([
      { status: "running", run_id: runId, triggered_at: expect.any(Number) },
    ]);
    expect(await lookAtAttempt(scope, firing.firingId, 1, 0)).toEqual({
      kind: "running",
      runId,
      waitSeconds: 10,
    });

    await endRun(runId, "COMPLETED");
    expect(await lookAtAttempt(scope, firing.firingId, 1, 1)).toEqual({ kind: "ended" });
    expect(await runsOf(firing)).toEqual([
      {
        id: firing.firingId,
        schedule_id: firing.scheduleId,
        attempt: 1,
        triggered_at: expect.any(Number),
        completed_at: expect.any(Number),
        status: "success",
        status_code: 200,
        run_id: runId,
        session_id: expect.any(String),
        error: null,
        input: { input_content: "" },
        output: { content: "Echo: hello", content_type: "str" },
        requirements: null,
        created_at: expect.any(Number),
      },
    ]);
  });

  test("is never called twice for an attempt that has its run, whoever asks again after a crash", async () => {
    const { firingId } = await fire();
    const first = await startAttempt(scope, firingId, 1);
    expect(await startAttempt(scope, firingId, 1)).toEqual(first);
    expect(calls).toHaveLength(1);
  });

  test("is called again under the same key and with the same words when the crash came before the answer", async () => {
    const firing = await fire({ payload: { message: "before" } });
    answer = async (call) => {
      await takeRun(call);
      throw new TypeError("fetch failed");
    };
    await expect(startAttempt(scope, firing.firingId, 1)).rejects.toThrow("fetch failed");
    const change = updateScheduleSchema.parse({ payload: { message: "after" } });
    await updateSchedule(scope, firing.scheduleId, change, anything);
    answer = takeRun;
    const state = await startAttempt(scope, firing.firingId, 1);
    expect(calls[1]).toMatchObject({
      body: calls[0]?.body,
      headers: { "idempotency-key": `schedule-run-${firing.firingId}` },
    });
    expect(await runIds()).toEqual([state.kind === "running" ? state.runId : ""]);
  });
});

describe("another endpoint", () => {
  test("gets one JSON request, and its answer is the result", async () => {
    const firing = await fire({ endpoint: "/schedules/1/disable", payload: { note: "x" } });
    answer = () => Response.json({ enabled: false });
    expect(await startAttempt(scope, firing.firingId, 1)).toEqual({ kind: "ended" });
    expect(calls[0]).toMatchObject({ method: "POST", body: '{"note":"x"}' });
    expect(calls[0]?.headers["content-type"]).toBe("application/json");
    expect(await runsOf(firing)).toMatchObject([
      { status: "success", status_code: 200, run_id: null, input: null, output: null, error: null },
    ]);
  });

  test("is read without a body by GET", async () => {
    const { firingId } = await fire({ method: "GET", endpoint: "/agents?page=1", payload: { a: 1 } });
    answer = () => Response.json([]);
    await startAttempt(scope, firingId, 1);
    expect(calls[0]).toMatchObject({ method: "GET", url: "http://own.invalid/api/agents?page=1", body: "" });
  });

  test.each([
    [Response.json({ detail: "Agent not found" }, { status: 404 }), 404, "Agent not found"],
    [
      Response.json(
        { detail: [{ type: "missing", loc: ["body", "message"], msg: "Field required" }] },
        { status: 422 },
      ),
      422,
      "body.message: Field required",
    ],
    [new Response("Bad gateway\0", { status: 502 }), 502, "Bad gateway\uFFFD"],
    [new Response(null, { status: 307, headers: { location: "http://elsewhere.test" } }), 307, ""],
  ])("that refuses leaves its sentence (%#)", async (response, status_code, error) => {
    const firing = await fire({ method: "GET", endpoint: "/agents/nope" });
    answer = () => response;
    expect(await startAttempt(scope, firing.firingId, 1)).toEqual({ kind: "ended" });
    expect(await runsOf(firing)).toMatchObject([{ status: "failed", status_code, error }]);
  });
});

test("an endpoint that does not answer in time is a timeout, and may be called again", async () => {
  const firing = await fire({ method: "GET", endpoint: "/agents", timeout_seconds: 1, max_retries: 1 });
  registerOwnApi(
    (request) =>
      new Promise((_resolve, reject) => {
        request.signal.addEventListener("abort", () => reject(request.signal.reason as Error));
      }),
  );
  expect(await startAttempt(scope, firing.firingId, 1)).toEqual({ kind: "retry", delaySeconds: 60 });
  registerOwnApi(own);
  expect(await runsOf(firing)).toMatchObject([
    { status: "timeout", status_code: 504, error: "The endpoint did not answer within 1 s." },
  ]);
});

describe("after a failure", () => {
  const refusing = () => Response.json({ detail: "No." }, { status: 500 });

  test("attempts follow as long as retries are left, each a row and a key of its own", async () => {
    const firing = await fire({ max_retries: 1, retry_delay_seconds: 7 });
    answer = refusing;
    expect(await startAttempt(scope, firing.firingId, 1)).toEqual({ kind: "retry", delaySeconds: 7 });
    // The answer was lost in a crash: it is the same again.
    expect(await startAttempt(scope, firing.firingId, 1)).toEqual({ kind: "retry", delaySeconds: 7 });
    expect(await startAttempt(scope, firing.firingId, 2)).toEqual({ kind: "ended" });
    expect(await startAttempt(scope, firing.firingId, 2)).toEqual({ kind: "ended" });
    expect(await startAttempt(scope, firing.firingId, 3)).toEqual({ kind: "ended" });
    const rows = await runsOf(firing);
    expect(rows.map(({ attempt, status }) => [attempt, status])).toEqual([
      [2, "failed"],
      [1, "failed"],
    ]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(2);
    expect(calls.map(({ headers }) => headers["idempotency-key"])).toEqual(
      rows.toReversed().map(({ id }) => `schedule-run-${id}`),
    );
  });

  test("a success at the second attempt ends it", async () => {
    const firing = await fire({ max_retries: 5 });
    answer = refusing;
    await startAttempt(scope, firing.firingId, 1);
    answer = takeRun;
    await startAttempt(scope, firing.firingId, 2);
    const [runId = ""] = await runIds();
    await endRun(runId, "COMPLETED");
    expect(await lookAtAttempt(scope, firing.firingId, 2, 0)).toEqual({ kind: "ended" });
    expect((await runsOf(firing)).map(({ status }) => status)).toEqual(["success", "failed"]);
  });

  test("a failed run is tried again, a cancelled one is not", async () => {
    for (const [status, change, error, state] of [
      [
        "ERROR",
        `, "errorMessage" = 'The model is gone.'`,
        "The model is gone.",
        { kind: "retry", delaySeconds: 60 },
      ],
      ["CANCELLED", "", "Run was cancelled", { kind: "ended" }],
    ] as const) {
      const firing = await fire({ max_retries: 1 });
      const started = await startAttempt(scope, firing.firingId, 1);
      await endRun(started.kind === "running" ? started.runId : "", status, change);
      expect(await lookAtAttempt(scope, firing.firingId, 1, 0)).toEqual(state);
      expect(await runsOf(firing)).toMatchObject([{ status: "failed", error }]);
    }
  });

  test("nothing follows once the schedule is disabled or deleted", async () => {
    answer = refusing;
    const disabled = await fire({ max_retries: 3 });
    await disableSchedule(scope, disabled.scheduleId);
    expect(await startAttempt(scope, disabled.firingId, 1)).toEqual({ kind: "ended" });
    const deleted = await fire({ max_retries: 3 });
    await startAttempt(scope, deleted.firingId, 1);
    await deleteSchedule(scope, deleted.scheduleId);
    expect(await startAttempt(scope, deleted.firingId, 2)).toEqual({ kind: "ended" });
    expect(await lookAtAttempt(scope, deleted.firingId, 1, 0)).toEqual({ kind: "ended" });
  });
});

test("a run that takes longer than its schedule allows is stopped, and the attempt says so", async () => {
  const firing = await fire({ timeout_seconds: 90 });
  const began = new Date("2026-05-04T09:00:00Z");
  await startAttempt(scope, firing.firingId, 1, began);
  const [runId = ""] = await runIds();
  const later = (seconds: number) => new Date(began.getTime() + seconds * 1_000);
  expect(await lookAtAttempt(scope, firing.firingId, 1, 3, later(80))).toEqual({
    kind: "running",
    runId,
    waitSeconds: 10,
  });
  expect(await lookAtAttempt(scope, firing.firingId, 1, 4, later(90))).toEqual({ kind: "ended" });
  expect(await runsOf(firing)).toMatchObject([
    { status: "timeout", error: "The run took longer than 90 s and was stopped." },
  ]);
  const { rows } = await db.pool.query(`SELECT "cancelRequestedAt" FROM "Run" WHERE id = $1`, [runId]);
  expect(rows).toEqual([{ cancelRequestedAt: expect.any(Date) }]);
});

test("a paused run is an end, a run whose session was deleted another", async () => {
  const paused = await fire({ max_retries: 1 });
  const started = await startAttempt(scope, paused.firingId, 1);
  await endRun(started.kind === "running" ? started.runId : "", "PAUSED");
  expect(await lookAtAttempt(scope, paused.firingId, 1, 0)).toEqual({ kind: "ended" });
  expect(await runsOf(paused)).toMatchObject([{ status: "paused", error: null }]);

  const gone = await fire({ max_retries: 1 });
  await startAttempt(scope, gone.firingId, 1);
  await db.pool.query(`DELETE FROM "Session" WHERE "organizationId" = $1`, [scope.organizationId]);
  expect(await lookAtAttempt(scope, gone.firingId, 1, 0)).toEqual({ kind: "ended" });
  expect(await runsOf(gone)).toMatchObject([{ status: "failed", error: expect.stringContaining("gone") }]);
});

test("while no server is there nothing is written off; what the engine gives up ends with the reason", async () => {
  const firing = await fire();
  answer = () => Promise.reject(new TypeError("fetch failed"));
  await expect(startAttempt(scope, firing.firingId, 1)).rejects.toThrow();
  expect(await runsOf(firing)).toMatchObject([{ status: "running", completed_at: null }]);
  await failFiring(scope, firing.firingId, new Error("fetch failed"));
  await failFiring(scope, firing.firingId, new Error("again"));
  expect(await runsOf(firing)).toMatchObject([
    { status: "failed", error: "It could not be carried out: fetch failed" },
  ]);
});
