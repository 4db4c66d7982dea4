import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "#lib/core/scope.ts";
import { createJournalWriter } from "#lib/db/journal-writer.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { newRun } from "#tests/support/new-run.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { deleteSessions } from "./delete-sessions.ts";
import { getSessionDetail } from "./get-session-detail.ts";
import { getSessionRun } from "./get-session-run.ts";
import { listSessionRuns } from "./list-session-runs.ts";
import { updateSession } from "./update-session.ts";

let db: TestDatabase;
let administrator: Scope;
let runId: string;

beforeAll(async () => {
  db = await openTestDatabase();
  administrator = await makeScope();
  const writer = createJournalWriter();
  const run = newRun({ subject: "ada", sessionId: "hers" });
  const created = await writer.createRun({ ...administrator, subject: "ada" }, run);
  if (created.kind !== "created") throw new Error(created.kind);
  const patches = [{ runId: run.runId, patch: { status: "COMPLETED" as const } }];
  await writer.append({ lease: created.lease, events: [], patches });
  runId = run.runId;
});
afterAll(() => db.close());

const everyVerb = (scope: Scope, query: { user_id?: string }): Record<string, () => Promise<unknown>> => ({
  get: () => getSessionDetail(scope, "hers", query),
  runs: () => listSessionRuns(scope, "hers", query),
  run: () => getSessionRun(scope, "hers", runId, query),
  rename: () => updateSession(scope, "hers", { session_name: "hers" }, query),
});

test("an administrator who names a user finds that user's sessions and no other's", async () => {
  for (const [verb, call] of Object.entries(everyVerb(administrator, { user_id: "eve" }))) {
    await expect(call(), verb).rejects.toMatchObject({ code: "not_found" });
  }
  for (const query of [{ user_id: "ada" }, {}]) {
    for (const [verb, call] of Object.entries(everyVerb(administrator, query))) {
      await expect(call(), verb).resolves.toBeDefined();
    }
  }
});

test("a caller bound to a subject gets nothing by naming another", async () => {
  const eve = { ...administrator, subject: "eve" };
  for (const [verb, call] of Object.entries(everyVerb(eve, { user_id: "ada" }))) {
    await expect(call(), verb).rejects.toMatchObject({ code: "not_found" });
  }
});

test("a run is looked for in a session that is there", async () => {
  await expect(getSessionRun(administrator, "nowhere", runId, {})).rejects.toThrow(
    "Session with ID nowhere not found",
  );
  await expect(getSessionRun(administrator, "hers", "nothing", {})).rejects.toThrow(
    "Run with ID nothing not found in session hers",
  );
});

test("a deletion that names a user spares everybody else's session", async () => {
  const body = { session_ids: ["hers"], session_types: ["agent"] };
  await deleteSessions(administrator, body, { user_id: "eve" });
  await expect(getSessionDetail(administrator, "hers", {})).resolves.toBeDefined();
  await deleteSessions(administrator, body, { user_id: "ada" });
  await expect(getSessionDetail(administrator, "hers", {})).rejects.toMatchObject({ code: "not_found" });
});
