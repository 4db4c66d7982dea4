import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ApprovalRule } from "#lib/core/approval-policy.ts";
import type { NewRequirement } from "#lib/core/requirement.ts";
import type { Scope } from "#lib/core/scope.ts";
import { createJournalWriter } from "#lib/db/journal-writer.ts";
import { listRunRequirements } from "#lib/db/requirements.ts";
import { getRun } from "#lib/db/runs.ts";
import { newExecution } from "#lib/runtime/new-execution.ts";
import { startDurableApp } from "#tests/support/durable-app.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { newRun } from "#tests/support/new-run.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { requirementExpire } from "./requirement-expire.ts";

let db: TestDatabase;
let scope: Scope;
const writer = createJournalWriter();

beforeAll(async () => {
  db = await openTestDatabase();
  scope = await makeScope();
});
afterAll(() => db.close());

const RULE: ApprovalRule = {
  id: "pol_1",
  name: "Notes",
  toolPattern: "*",
  condition: null,
  effect: null,
  approverRoles: [],
  approverScopes: [],
  approvalsRequired: 1,
  requesterMayDecide: false,
  expiresAfterSeconds: 3_600,
  remindAfterSeconds: 60,
  onExpiry: "deny",
};

/** A run that waits since so many seconds. */
async function pausedRun(waitedSeconds: number): Promise<string> {
  const run = newRun();
  const created = await writer.createRun(scope, run);
  if (created.kind !== "created") throw new Error(created.kind);
  const asked = { ...newExecution("call_1", "take_note", {}, 0), requires_confirmation: true };
  const requirement: NewRequirement = {
    id: randomUUID(),
    runId: run.runId,
    kind: "confirmation",
    approvalType: "required",
    rule: RULE,
    position: 0,
    asked,
    argumentsHash: "hash",
    toolFingerprint: "fingerprint",
    createdAtMs: Date.now() - waitedSeconds * 1_000,
  };
  const body = { type: "RunPaused" as const, content: "", tools: [asked], requirements: [] };
  await writer.append({
    lease: created.lease,
    events: [{ runId: run.runId, createdAtMs: Date.now(), body }],
    patches: [{ runId: run.runId, patch: { status: "PAUSED" } }],
    requirements: [requirement],
  });
  return run.runId;
}

it("every minute reminds people of what waits, and settles what has waited too long; a waiting run has no timer", async () => {
  const [fresh, waiting, over] = [await pausedRun(1), await pausedRun(100), await pausedRun(4_000)];
  const app = await startDurableApp({ id: "expiring", functions: () => [requirementExpire] });
  app.advance(60_000);
  const [done] = await app.ended("requirement-expire");
  expect(done).toMatchObject({ status: "COMPLETED", output: { reminded: 1, expired: 1 } });
  expect(await getRun(scope, over)).toMatchObject({ status: "PENDING" });
  expect(await listRunRequirements(scope, over)).toMatchObject([{ status: "expired", outcome: "rejected" }]);
  const [reminded] = await listRunRequirements(scope, waiting);
  expect(reminded).toMatchObject({ status: "open", remindedAt: expect.any(Date) });
  expect(await listRunRequirements(scope, fresh)).toMatchObject([{ status: "open", remindedAt: null }]);
  const { rows } = await db.pool.query<{ topic: string }>(`SELECT topic FROM "Outbox"`);
  expect(rows).toEqual([{ topic: "gatehouse/run.requested" }]);
  expect(app.errors).toEqual([]);
  await app.engine.stop(1_000);
});
