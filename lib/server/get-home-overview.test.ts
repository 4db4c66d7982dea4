import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "#lib/core/scope.ts";
import { database } from "#lib/db/database.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { getHomeOverview } from "./get-home-overview.ts";
import { getSetupProgress } from "./get-setup-progress.ts";

const HOUR_MS = 3_600_000;
const NOW_MS = Date.UTC(2026, 4, 20, 12, 30);

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

interface StoredRun {
  agoHours: number;
  status: string;
  durationMs?: number;
  costMicroUsd?: number | null;
  parentRunId?: string;
}

async function storeRuns(scope: Scope, runs: readonly StoredRun[]): Promise<void> {
  const { pool } = database();
  const sessionId = `session-${scope.subject ?? "all"}`;
  await pool.query(
    `INSERT INTO "Session" ("organizationId", id, subject, "componentType", "componentId") VALUES ($1, $2, $3, 'agent', 'a')`,
    [scope.organizationId, sessionId, scope.subject],
  );
  for (const [n, run] of runs.entries()) {
    const id = `${sessionId}-${n}`;
    await pool.query(
      `INSERT INTO "Run" ("organizationId", id, "rootRunId", "parentRunId", "sessionId", subject, "componentType",
         "componentId", "componentName", status, "inputPreview", input, "totalTokens", "costMicroUsd", "durationMs", "createdAt")
       VALUES ($1, $2, $2, $3, $4, $5, 'agent', 'a', 'A', $6, '', '{}', 100, $7, $8, $9)`,
      [
        scope.organizationId,
        id,
        run.parentRunId ?? null,
        sessionId,
        scope.subject,
        run.status,
        run.costMicroUsd ?? null,
        run.durationMs ?? null,
        new Date(NOW_MS - run.agoHours * HOUR_MS),
      ],
    );
  }
}

test("the last 24 hours are summed, and each hour stands for itself", async () => {
  const scope = await makeScope();
  await storeRuns(scope, [
    { agoHours: 0, status: "RUNNING" },
    { agoHours: 1, status: "COMPLETED", durationMs: 1_000, costMicroUsd: 2_000 },
    { agoHours: 1, status: "COMPLETED", durationMs: 3_000, costMicroUsd: 3_000 },
    { agoHours: 1, status: "ERROR", durationMs: 2_000 },
    { agoHours: 2, status: "COMPLETED", parentRunId: "somebody" },
    { agoHours: 30, status: "COMPLETED" },
  ]);
  const { statistics, previousRuns, hours } = await getHomeOverview(scope, NOW_MS);
  expect(statistics).toMatchObject({
    runs: 4,
    running: 1,
    completed: 2,
    failed: 1,
    totalTokens: 400,
    costMicroUsd: 5_000,
    unpricedRuns: 2,
    durationP50Ms: 2_000,
  });
  expect(previousRuns).toBe(1);
  expect(hours).toHaveLength(24);
  expect(hours.at(-1)).toMatchObject({ open: 1, completed: 0 });
  expect(hours.at(-2)).toMatchObject({ open: 0, completed: 2, failed: 1 });
  expect(hours.at(-3)).toMatchObject({ completed: 0 });
});

test("neither another organization's nor another subject's runs are counted", async () => {
  const ann = await makeScope({ subject: "ann" });
  const bob = await makeScope({ subject: "bob", organizationId: ann.organizationId });
  const stranger = await makeScope();
  await storeRuns(bob, [{ agoHours: 0, status: "COMPLETED", durationMs: 5 }]);
  await storeRuns(stranger, [{ agoHours: 0, status: "COMPLETED", durationMs: 5 }]);
  const { statistics, hours } = await getHomeOverview(ann, NOW_MS);
  expect(statistics).toMatchObject({ runs: 0, totalTokens: 0, durationP50Ms: null });
  expect(hours.every((hour) => hour.completed === 0)).toBe(true);
  expect(await getSetupProgress(ann)).toEqual({
    hasRun: false,
    hasStoredAgent: false,
    hasModelProvider: false,
  });
  expect((await getSetupProgress(bob)).hasRun).toBe(true);
});
