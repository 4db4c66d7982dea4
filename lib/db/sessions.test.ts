import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunPatch } from "#lib/core/journal.ts";
import type { Scope } from "#lib/core/scope.ts";
import { database } from "#lib/db/database.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { newRun } from "#tests/support/new-run.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { deleteSessions } from "./delete-sessions.ts";
import { createJournalWriter } from "./journal-writer.ts";
import { listSessions, type SessionFilter } from "./list-sessions.ts";
import { createSession, getSession, type NewSession, updateSession } from "./sessions.ts";

let db: TestDatabase;
const writer = createJournalWriter();
const PAGE = { sortBy: "createdAt", order: "asc", limit: 10, offset: 0 } as const;

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

function newSession(overrides: Partial<NewSession> = {}): NewSession {
  return {
    id: randomUUID(),
    subject: null,
    componentType: "agent",
    componentId: "plain",
    title: null,
    state: {},
    metadata: null,
    ...overrides,
  };
}

async function runIn(
  scope: Scope,
  sessionId: string,
  patch: RunPatch,
  overrides: object = {},
): Promise<string> {
  const run = newRun({ subject: scope.subject, sessionId, ...overrides });
  const result = await writer.createRun(scope, run);
  if (result.kind !== "created") throw new Error(result.kind);
  await writer.append({ lease: result.lease, events: [], patches: [{ runId: run.runId, patch }] });
  return run.runId;
}

async function auditOf(scope: Scope): Promise<unknown[]> {
  const { rows } = await database().pool.query(
    `SELECT action, "targetId", "actorId" FROM "AuditEntry" WHERE "organizationId" = $1 ORDER BY id`,
    [scope.organizationId],
  );
  return rows;
}

describe("a session", () => {
  it("sums up its root runs: tokens, cost, models, count and the newest status", async () => {
    const scope = await makeScope({ subject: "ada" });
    const id = randomUUID();
    await runIn(scope, id, { status: "COMPLETED", inputTokens: 10, totalTokens: 15, costMicroUsd: 5 });
    await runIn(scope, id, { status: "COMPLETED", inputTokens: 1, totalTokens: 2 }, { modelId: "other" });
    const last = await runIn(
      scope,
      id,
      { status: "ERROR", inputTokens: 1, costMicroUsd: 2 },
      { inputPreview: "last" },
    );
    expect(await getSession(scope, id)).toMatchObject({
      name: "hello",
      title: null,
      runCount: 3,
      lastStatus: "ERROR",
      lastRunId: last,
      usage: { inputTokens: 12, outputTokens: 0, totalTokens: 17 },
      costMicroUsd: 7,
      models: [
        { provider: "Scripted", modelId: "demo-1", inputTokens: 11 },
        { provider: "Scripted", modelId: "other", inputTokens: 1 },
      ],
    });
  });

  it("exists before its first run, and its id only once whoever has it", async () => {
    const scope = await makeScope({ subject: "ada" });
    const session = newSession({
      subject: "ada",
      title: "Mine\0",
      state: { k: "\ud800" },
      metadata: { m: 1 },
    });
    await createSession(scope, session);
    expect(await getSession(scope, session.id)).toMatchObject({
      name: "Mine\uFFFD",
      state: { k: "\uFFFD" },
      metadata: { m: 1 },
      runCount: 0,
      lastStatus: null,
      costMicroUsd: null,
      models: [],
    });
    const other = await makeScope({ ...scope, subject: "eve" });
    await expect(createSession(other, { ...session, subject: "eve" })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(createSession(other, newSession({ subject: "ada" }))).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("changes only what is given, with an audit row", async () => {
    const scope = await makeScope({ subject: "ada" });
    const session = newSession({ subject: "ada", title: "a", state: { s: 1 }, metadata: { m: 1 } });
    await createSession(scope, session);
    expect(await updateSession(scope, session.id, { title: "b" })).toMatchObject({
      title: "b",
      state: { s: 1 },
      metadata: { m: 1 },
    });
    expect(await updateSession(scope, session.id, { state: {} })).toMatchObject({ title: "b", state: {} });
    expect(await auditOf(scope)).toEqual(
      ["session.created", "session.updated", "session.updated"].map((action) => ({
        action,
        targetId: session.id,
        actorId: "test",
      })),
    );
  });

  it("does not exist for another subject or organization", async () => {
    const scope = await makeScope({ subject: "ada" });
    const { id } = await createSession(scope, newSession({ subject: "ada" }));
    for (const stranger of [await makeScope(), await makeScope({ ...scope, subject: "eve" })]) {
      expect(await getSession(stranger, id)).toBeNull();
      expect(await updateSession(stranger, id, { title: "x" })).toBeNull();
      expect(await deleteSessions(stranger, [id])).toEqual([]);
      expect(await listSessions(stranger, {}, PAGE)).toEqual({ sessions: [], totalCount: 0 });
    }
    expect(await getSession(scope, id)).toMatchObject({ title: null });
  });
});

describe("the list of sessions", () => {
  it("filters by type, component, subject and part of the name, title before first question", async () => {
    const scope = await makeScope();
    await createSession(scope, newSession({ id: "titled", title: "50% of Ærø", subject: "ada" }));
    await createSession(scope, newSession({ id: "team", componentType: "team", componentId: "crew" }));
    await runIn({ ...scope, subject: null }, "asked", {}, { inputPreview: "What is 100_000?" });
    const ids = async (filter: SessionFilter) => {
      const { sessions, totalCount } = await listSessions(scope, filter, PAGE);
      expect(totalCount).toBe(sessions.length);
      return sessions.map(({ id }) => id).toSorted();
    };
    expect(await ids({})).toEqual(["asked", "team", "titled"]);
    expect(await ids({ componentType: "team" })).toEqual(["team"]);
    expect(await ids({ componentId: "plain" })).toEqual(["asked", "titled"]);
    expect(await ids({ subject: "ada" })).toEqual(["titled"]);
    expect(await ids({ nameContains: "50% OF" })).toEqual(["titled"]);
    expect(await ids({ nameContains: "100_0" })).toEqual(["asked"]);
    expect(await ids({ nameContains: "%" })).toEqual(["titled"]);
    expect(await ids({ nameContains: "\\" })).toEqual([]);
  });

  it("pages in the order asked for and counts all, also behind the last page", async () => {
    const scope = await makeScope();
    for (const id of ["s1", "s2", "s3"]) await createSession(scope, newSession({ id }));
    // Two writes may fall into one millisecond, and then nothing tells which was later.
    await database().pool.query(
      `UPDATE "Session" SET "updatedAt" = "updatedAt" - interval '1 second' WHERE "organizationId" = $1`,
      [scope.organizationId],
    );
    await updateSession(scope, "s1", { title: "newest" });
    const ids = async (page: Partial<Parameters<typeof listSessions>[2]>) => {
      const { sessions, totalCount } = await listSessions(scope, {}, { ...PAGE, ...page });
      expect(totalCount).toBe(3);
      return sessions.map(({ id }) => id);
    };
    expect(await ids({ limit: 2 })).toEqual(["s1", "s2"]);
    expect(await ids({ limit: 2, offset: 2 })).toEqual(["s3"]);
    expect(await ids({ offset: 9 })).toEqual([]);
    expect(await ids({ sortBy: "updatedAt", order: "desc" })).toEqual(["s1", "s3", "s2"]);
  });
});

describe("a page of large states", () => {
  it("holds as many as fit in a few megabytes, and all of the sessions", async () => {
    const scope = await makeScope();
    for (const id of ["s1", "s2", "s3", "s4"]) {
      const state = { noise: randomBytes(1_000_000).toString("base64") };
      await createSession(scope, newSession({ id, state, metadata: { of: id } }));
    }
    const { sessions } = await listSessions(scope, {}, PAGE);
    expect(sessions.map(({ id }) => id)).toEqual(["s1", "s2", "s3", "s4"]);
    expect(sessions.map(({ state, metadata }) => [state !== null, metadata !== null])).toEqual([
      [true, true],
      [true, true],
      [false, false],
      [false, false],
    ]);
  });
});

describe("deleting sessions", () => {
  it("takes runs and journals with them and leaves an audit row of each", async () => {
    const scope = await makeScope();
    await runIn(scope, "gone", { status: "COMPLETED" });
    await createSession(scope, newSession({ id: "kept" }));
    expect(await deleteSessions(scope, ["gone", "unknown"])).toEqual(["gone"]);
    const { rows } = await database().pool.query(
      `SELECT (SELECT count(*)::int FROM "Run" WHERE "organizationId" = $1) AS runs,
         (SELECT count(*)::int FROM "RunEvent" WHERE "organizationId" = $1) AS events`,
      [scope.organizationId],
    );
    expect(rows).toEqual([{ runs: 0, events: 0 }]);
    expect(await getSession(scope, "kept")).not.toBeNull();
    expect(await auditOf(scope)).toContainEqual({
      action: "session.deleted",
      targetId: "gone",
      actorId: "test",
    });
  });

  it("is refused while a run is under way, and then deletes none of them", async () => {
    const scope = await makeScope();
    await createSession(scope, newSession({ id: "idle" }));
    await runIn(scope, "busy", { status: "RUNNING" });
    await expect(deleteSessions(scope, ["idle", "busy"])).rejects.toMatchObject({ code: "conflict" });
    expect(await getSession(scope, "idle")).not.toBeNull();
    expect(await auditOf(scope)).toHaveLength(1);
  });
});
