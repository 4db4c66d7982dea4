import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Scope } from "#lib/core/scope.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { newRun } from "#tests/support/new-run.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import type { CreateRun } from "./create-run.ts";
import { createJournalWriter } from "./journal-writer.ts";
import { getRun, getRunStatus, getRunSummary, listRuns, listRunsByIds } from "./runs.ts";

let db: TestDatabase;
const writer = createJournalWriter();

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

async function startRun(scope: Scope, overrides: Parameters<typeof newRun>[0] = {}): Promise<CreateRun> {
  const run = newRun({ subject: scope.subject, ...overrides });
  const result = await writer.createRun(scope, run);
  if (result.kind !== "created") throw new Error(result.kind);
  return run;
}

it("lists the runs of a session in order, in pages, with the count of all", async () => {
  const scope = await makeScope({ subject: "ada" });
  const sessionId = randomUUID();
  const ids: string[] = [];
  for (let n = 0; n < 5; n += 1) ids.push((await startRun(scope, { sessionId })).runId);
  await startRun(scope);
  const page = async (order: "oldest_first" | "newest_first", offset: number) => {
    const { runs, totalCount } = await listRuns(scope, { sessionId }, { order, limit: 2, offset });
    expect(totalCount).toBe(5);
    return runs.map(({ id }) => id);
  };
  expect([
    ...(await page("oldest_first", 0)),
    ...(await page("oldest_first", 2)),
    ...(await page("oldest_first", 4)),
  ]).toEqual(ids);
  expect(await page("newest_first", 0)).toEqual([ids[4], ids[3]]);
  expect(await page("newest_first", 6)).toEqual([]);
});

it("filters runs by status, component and time, and shows members only on demand", async () => {
  const scope = await makeScope({ subject: "ada" });
  const root = await startRun(scope);
  const member = await startRun(scope, {
    rootRunId: root.runId,
    parentRunId: root.runId,
    events: [],
    sessionId: root.session.id,
  });
  const pending = await startRun(scope, { bootId: null, componentId: "other" });
  const all = { order: "oldest_first", limit: 10, offset: 0 } as const;
  const ids = async (filter: Parameters<typeof listRuns>[1]) =>
    (await listRuns(scope, filter, all)).runs.map(({ id }) => id);
  expect(await ids({})).toEqual([root.runId, pending.runId]);
  expect(await ids({ members: true })).toEqual([root.runId, member.runId, pending.runId]);
  expect(await ids({ status: "PENDING" })).toEqual([pending.runId]);
  expect(await ids({ componentId: "other" })).toEqual([pending.runId]);
  expect(await ids({ createdAfter: new Date(Date.now() + 1_000_000_000) })).toEqual([]);
  expect(await ids({ createdBefore: new Date(0) })).toEqual([]);
});

it("never reads a payload for a list or a summary", async () => {
  const scope = await makeScope({ subject: "ada" });
  const run = await startRun(scope, { input: { content: "a very long question" } });
  const { runs } = await listRuns(scope, {}, { order: "oldest_first", limit: 1, offset: 0 });
  for (const summary of [
    runs[0],
    await getRunSummary(scope, run.runId),
    ...(await listRunsByIds(scope, [run.runId])),
  ]) {
    expect(summary).toMatchObject({ id: run.runId, inputPreview: "hello" });
    for (const payload of ["input", "content", "reasoningContent"])
      expect(summary).not.toHaveProperty(payload);
  }
  expect(await getRun(scope, run.runId)).toMatchObject({
    input: { content: "a very long question" },
    content: null,
  });
});

it("does not know another subject's or organization's run", async () => {
  const scope = await makeScope({ subject: "ada" });
  const { runId } = await startRun(scope);
  for (const stranger of [await makeScope(), await makeScope({ ...scope, subject: "eve" })]) {
    expect(await getRun(stranger, runId)).toBeNull();
    expect(await getRunSummary(stranger, runId)).toBeNull();
    expect(await getRunStatus(stranger, runId)).toBeNull();
    expect(await listRunsByIds(stranger, [runId])).toEqual([]);
    expect(await listRuns(stranger, {}, { order: "oldest_first", limit: 9, offset: 0 })).toEqual({
      runs: [],
      totalCount: 0,
    });
  }
  expect(await getRunStatus(await makeScope({ ...scope, subject: null }), runId)).toBe("RUNNING");
});
