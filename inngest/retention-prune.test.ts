import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { settingsSchema } from "#lib/core/setting.ts";
import { systemScope } from "#lib/core/system-scope.ts";
import type { Scope } from "#lib/core/scope.ts";
import { createJournalWriter } from "#lib/db/journal-writer.ts";
import { listRunRetentions, pruneRuns } from "#lib/db/prune-runs.ts";
import { setSetting } from "#lib/db/settings.ts";
import { startDurableApp } from "#tests/support/durable-app.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { newRun } from "#tests/support/new-run.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { retentionPrune } from "./retention-prune.ts";

const DAY_MS = 86_400_000;
let db: TestDatabase;
const writer = createJournalWriter();

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

/** A run in a session, begun and ended so many days ago; null: not ended. */
async function makeRun(scope: Scope, sessionId: string, endedDaysAgo: number | null): Promise<string> {
  const run = newRun({ sessionId });
  const created = await writer.createRun(scope, run);
  if (created.kind !== "created") throw new Error(created.kind);
  if (endedDaysAgo !== null) {
    const endedAtMs = Date.now() - endedDaysAgo * DAY_MS;
    const patches = [{ runId: run.runId, patch: { status: "COMPLETED" as const, endedAtMs } }];
    await writer.append({ lease: created.lease, events: [], patches });
  }
  await db.pool.query(`UPDATE "Session" SET "updatedAt" = now() - $2 * interval '1 day' WHERE id = $1`, [
    sessionId,
    endedDaysAgo ?? 0,
  ]);
  return run.runId;
}

async function idsOf(scope: Scope, table: string, column = "id"): Promise<string[]> {
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT DISTINCT "${column}" AS id FROM "${table}" WHERE "organizationId" = $1`,
    [scope.organizationId],
  );
  return rows.map(({ id }) => id).toSorted();
}

it("deletes an organization's ended runs, journals and empty sessions after its number of days, with an audit row", async () => {
  const [scope, keeping] = [await makeScope(), await makeScope()];
  await setSetting(scope, "run_retention_days", 30);
  const [gone, kept] = [randomUUID(), randomUUID()];
  await makeRun(scope, gone, 40);
  await makeRun(scope, gone, 35);
  await makeRun(scope, kept, 31);
  const young = await makeRun(scope, kept, 2);
  const open = await makeRun(scope, randomUUID(), null);
  await makeRun(keeping, randomUUID(), 400);
  const retentions = await listRunRetentions();
  expect(retentions).toEqual([{ organizationId: scope.organizationId, days: 30 }]);
  const system = systemScope(scope.organizationId, "retention");
  expect([await pruneRuns(system, 30, 2), await pruneRuns(system, 30, 2)]).toEqual([2, 1]);
  expect(await pruneRuns(system, 30, 2)).toBe(0);
  expect(await idsOf(scope, "Run")).toEqual([young, open].toSorted());
  expect(await idsOf(scope, "RunEvent", "rootRunId")).toEqual([young, open].toSorted());
  expect(await idsOf(scope, "Session")).not.toContain(gone);
  expect(await idsOf(scope, "Session")).toContain(kept);
  expect(await idsOf(keeping, "Run")).toHaveLength(1);
  const { rows } = await db.pool.query(
    `SELECT details, "actorId" FROM "AuditEntry" WHERE "organizationId" = $1 AND action = 'runs.pruned' ORDER BY id`,
    [scope.organizationId],
  );
  expect(rows).toEqual([
    { details: { runs: 2, sessions: 1, older_than_days: 30 }, actorId: "retention" },
    { details: { runs: 1, sessions: 0, older_than_days: 30 }, actorId: "retention" },
  ]);
});

it("keeps everything for ever where nobody has asked, and is switched off again", async () => {
  expect(settingsSchema.parse({}).run_retention_days).toBeNull();
  const scope = await makeScope();
  await setSetting(scope, "run_retention_days", 7);
  await setSetting(scope, "run_retention_days", null);
  expect((await listRunRetentions()).map((one) => one.organizationId)).not.toContain(scope.organizationId);
});

it("runs every hour on the engine, and deletes what the engine itself no longer needs", async () => {
  const app = await startDurableApp({
    id: "pruned",
    functions: (client) => [
      retentionPrune,
      client.createFunction({ id: "short", triggers: [{ event: "short" }] }, () => "done"),
    ],
  });
  await app.client.send({ name: "short", data: {} });
  await app.ended("short");
  app.advance(3_600_000);
  const [first] = await app.ended("retention-prune");
  expect(first).toMatchObject({ status: "COMPLETED", output: { durable: 0 } });
  await db.pool.query(
    `UPDATE "DurableRun" SET "endedAt" = now() - interval '8 days' WHERE "functionId" = 'pruned-short'`,
  );
  const { organizationId } = await makeScope();
  await db.pool.query(
    `INSERT INTO "Blob" ("organizationId", hash, "mediaType", "sizeBytes", data, "orphanedAt")
     VALUES ($1, 'h', 'text/plain', 1, 'x', now() - interval '2 days')`,
    [organizationId],
  );
  app.advance(3_600_000);
  const [, second] = await app.ended("retention-prune", 2);
  expect(second).toMatchObject({ status: "COMPLETED", output: { durable: 1, blobs: 1 } });
  expect(app.errors).toEqual([]);
  await app.engine.stop(1_000);
});
