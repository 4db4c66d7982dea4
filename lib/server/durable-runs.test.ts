import { NonRetriableError } from "inngest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DurableRunStatus } from "#lib/core/durable-run.ts";
import type { Scope } from "#lib/core/scope.ts";
import { createJournalWriter } from "#lib/db/journal-writer.ts";
import { type DurableApp, startDurableApp } from "#tests/support/durable-app.ts";
import { eventually } from "#tests/support/eventually.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { newRun } from "#tests/support/new-run.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { getDurableRun } from "./get-durable-run.ts";
import { listDurableRuns } from "./list-durable-runs.ts";

let database: TestDatabase;
let app: DurableApp;
let isFixed = false;

beforeAll(async () => {
  database = await openTestDatabase();
  app = await startDurableApp({
    id: "gatehouse",
    functions: (client) => [
      client.createFunction({ id: "works", triggers: [{ event: "work" }], retries: 0 }, ({ step }) =>
        step.run("add up", () => 3),
      ),
      client.createFunction({ id: "waits", triggers: [{ event: "wait" }], retries: 0 }, async ({ step }) => {
        await step.run("begin", () => 1);
        await step.waitForEvent("the answer", { event: "answered", timeout: "1h" });
      }),
      client.createFunction({ id: "breaks", triggers: [{ event: "break" }], retries: 0 }, () => {
        if (!isFixed) throw new NonRetriableError("It is broken.");
        return "mended";
      }),
    ],
  });
});

afterAll(async () => {
  await app.engine.stop(1_000);
  await database.close();
});

/** Sends an event of the organization and returns the job that it starts once it is in this state. */
async function job(scope: Scope, name: string, status: DurableRunStatus) {
  await app.client.send({ name, data: { organizationId: scope.organizationId, n: 7 } });
  return latest(scope, status);
}

function latest(scope: Scope, status: DurableRunStatus) {
  return eventually(async () => (await listDurableRuns(scope, { status, page: 1, limit: 10 })).data[0]);
}

async function auditActions(scope: Scope): Promise<string[]> {
  const { rows } = await database.pool.query<{ action: string }>(
    `SELECT action FROM "AuditEntry" WHERE "organizationId" = $1 ORDER BY id`,
    [scope.organizationId],
  );
  return rows.map(({ action }) => action);
}

describe("the durable jobs of an organization", () => {
  it("say where each stands, what it waits for and why it failed", async () => {
    const scope = await makeScope();
    const worked = await job(scope, "work", "completed");
    const waiting = await job(scope, "wait", "waiting");
    const failed = await job(scope, "break", "failed");
    expect(worked).toMatchObject({ function: "works", event: "work", error: null, waits_for: null });
    expect(waiting).toMatchObject({ function: "waits", waits_for: "answered", ended_at: null });
    expect(waiting.waits_until).toBeGreaterThan(waiting.created_at + 3_500);
    expect(failed).toMatchObject({ function: "breaks", error: "It is broken." });
    const all = await listDurableRuns(scope, { page: 1, limit: 2 });
    expect(all.data.map(({ id }) => id)).toEqual([failed.id, waiting.id]);
    expect(all.meta).toMatchObject({ total_count: 3, total_pages: 2 });
    expect((await listDurableRuns(scope, { function: "works", page: 1, limit: 9 })).data).toEqual([worked]);
  });

  it("say which question or schedule they are about, of their own organization only", async () => {
    const scope = await makeScope();
    const stranger = await makeScope();
    const run = newRun({ inputPreview: "What is 17 * 23?" });
    await createJournalWriter().createRun(scope, run);
    const data = { organizationId: scope.organizationId, runId: run.runId };
    await app.client.send({ name: "work", data });
    await app.client.send({ name: "work", data: { ...data, organizationId: stranger.organizationId } });
    expect(await latest(scope, "completed")).toMatchObject({ about: "What is 17 * 23?" });
    const foreign = await latest(stranger, "completed");
    expect(foreign.about).toBeNull();
    expect((await getDurableRun(stranger, foreign.id)).about).toBeNull();
  });

  it("show their steps in order, with the event's data", async () => {
    const scope = await makeScope();
    const { id } = await job(scope, "wait", "waiting");
    const detail = await getDurableRun(scope, id);
    expect(detail.event_data).toEqual({ organizationId: scope.organizationId, n: 7 });
    expect(detail.steps).toMatchObject([
      { name: "begin", status: "completed", error: null },
      { name: "the answer", status: "waiting", waits_for: "answered", settled_at: null },
    ]);
  });

  it("are nobody else's", async () => {
    const scope = await makeScope();
    const stranger = await makeScope();
    const { id } = await job(scope, "break", "failed");
    expect((await listDurableRuns(stranger, { page: 1, limit: 10 })).data).toEqual([]);
    await expect(getDurableRun(stranger, id)).rejects.toMatchObject({ code: "not_found" });
    expect(await app.engine.rerun(stranger, id)).toBeNull();
    const waiting = await job(scope, "wait", "waiting");
    await app.engine.cancelRun(stranger, waiting.id);
    expect((await getDurableRun(scope, waiting.id)).status).toBe("waiting");
    expect(await auditActions(stranger)).toEqual([]);
  });

  it("can be run again from the same event after a failure, and the failure stays readable", async () => {
    const scope = await makeScope();
    const failed = await job(scope, "break", "failed");
    isFixed = true;
    const again = await app.engine.rerun(scope, failed.id);
    const done = await latest(scope, "completed");
    expect(done).toMatchObject({ id: again, event: "break" });
    expect((await getDurableRun(scope, failed.id)).status).toBe("failed");
    expect(await auditActions(scope)).toEqual(["durable_run.retried"]);
  });

  it("can be cancelled while they wait", async () => {
    const scope = await makeScope();
    const waiting = await job(scope, "wait", "waiting");
    await app.engine.cancelRun(scope, waiting.id);
    expect(await getDurableRun(scope, waiting.id)).toMatchObject({ status: "cancelled" });
    await app.engine.cancelRun(scope, waiting.id);
    expect(await auditActions(scope)).toEqual(["durable_run.cancelled"]);
  });
});
