import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { systemScope } from "#lib/core/system-scope.ts";
import type { Scope } from "#lib/core/scope.ts";
import { database } from "#lib/db/database.ts";
import { newExecution } from "#lib/runtime/new-execution.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { newEvent, newRun } from "#tests/support/new-run.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { putBlob } from "./blobs.ts";
import { deleteSessions } from "./delete-sessions.ts";
import { createJournalWriter } from "./journal-writer.ts";
import { pruneBlobs } from "./prune-blobs.ts";
import { pruneRuns } from "./prune-runs.ts";

let db: TestDatabase;
let scope: Scope;
const writer = createJournalWriter();

beforeAll(async () => {
  db = await openTestDatabase();
});
beforeEach(async () => {
  // What a test leaves to be looked at later is looked at with the next one's, of all organizations.
  await db.pool.query(`DELETE FROM "Blob"`);
  scope = await makeScope();
});
afterAll(() => db.close());

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

/** A run that ended 40 days ago, asked with files and told its model this system prompt and these tools. */
async function endedRun(used: {
  system: string;
  tools: string;
  files?: readonly string[];
  /** What a tool of it has brought. */
  brought?: string;
}): Promise<string> {
  const sessionId = randomUUID();
  const run = newRun({ sessionId });
  const attachments = (used.files ?? []).map((text) => ({
    id: randomUUID(),
    filename: `${text}.txt`,
    mime_type: "text/plain",
    size: text.length,
    hash: hashOf(text),
  }));
  const input = { content: "hello", ...(attachments.length === 0 ? {} : { attachments }) };
  run.events = [newEvent(run.runId, { type: "RunStarted", input })];
  run.blobs = (used.files ?? []).map((text) => ({
    hash: hashOf(text),
    mediaType: "text/plain",
    bytes: Buffer.from(text),
  }));
  const created = await writer.createRun(scope, run);
  if (created.kind !== "created") throw new Error(created.kind);
  const internal = {
    system: await putBlob(scope, used.system, "text/plain"),
    tools: await putBlob(scope, used.tools, "application/json"),
  };
  const patch = { status: "COMPLETED" as const, endedAtMs: Date.now() - 40 * 86_400_000 };
  const { brought } = used;
  const media =
    brought === undefined
      ? []
      : [
          {
            id: randomUUID(),
            filename: "a.png",
            mime_type: "image/png",
            size: brought.length,
            hash: await putBlob(scope, brought, "image/png"),
          },
        ];
  const tool = newExecution("call_1", "draw", {}, 0);
  await writer.append({
    lease: created.lease,
    events: [
      { ...newEvent(run.runId, { type: "ModelRequestStarted" }), internal },
      ...(media.length === 0
        ? []
        : [newEvent(run.runId, { type: "ToolCallCompleted", tool, content: "", media })]),
    ],
    patches: [{ runId: run.runId, patch }],
  });
  return sessionId;
}

/** Lets a day pass for what lost a reference. */
async function nextDay(): Promise<void> {
  await database().pool.query(`UPDATE "Blob" SET "orphanedAt" = "orphanedAt" - interval '25 hours'`);
}

async function kept(): Promise<string[]> {
  const { rows } = await database().pool.query<{ text: string }>(
    `SELECT convert_from(data, 'UTF8') AS text FROM "Blob" WHERE "organizationId" = $1`,
    [scope.organizationId],
  );
  return rows.map(({ text }) => text).toSorted();
}

const retention = () => pruneRuns(systemScope(scope.organizationId, "retention"), 30, 100);

describe("a deleted run's files and prompts", () => {
  it("go a day later, unless another run refers to them", async () => {
    await endedRun({ system: "Be brief.", tools: "[1]", files: ["own", "shared"] });
    const other = await endedRun({ system: "Be brief.", tools: "[2]", files: ["shared", "other"] });
    const third = await endedRun({ system: "Be kind.", tools: "[1]" });
    await database().pool.query(
      `UPDATE "Run" SET "endedAt" = now() WHERE "organizationId" = $1 AND "sessionId" = ANY($2)`,
      [scope.organizationId, [other, third]],
    );
    expect(await retention()).toBe(1);
    expect(await pruneBlobs(100)).toEqual({ looked: 0, deleted: 0 });
    await nextDay();
    expect(await pruneBlobs(100)).toEqual({ looked: 6, deleted: 1 });
    expect(await kept()).toEqual(["Be brief.", "Be kind.", "[1]", "[2]", "other", "shared"]);
    await nextDay();
    expect(await pruneBlobs(100)).toEqual({ looked: 0, deleted: 0 });
    expect(await deleteSessions(scope, [other])).toEqual([other]);
    await nextDay();
    expect(await pruneBlobs(100)).toEqual({ looked: 4, deleted: 4 });
    expect(await kept()).toEqual(["Be kind.", "[1]"]);
  });

  it("go likewise when tools have brought them", async () => {
    await endedRun({ system: "s", tools: "t", brought: "picture" });
    const other = await endedRun({ system: "s", tools: "t", brought: "picture" });
    await database().pool.query(
      `UPDATE "Run" SET "endedAt" = now() WHERE "organizationId" = $1 AND "sessionId" = $2`,
      [scope.organizationId, other],
    );
    expect(await retention()).toBe(1);
    await nextDay();
    expect(await pruneBlobs(100)).toEqual({ looked: 3, deleted: 0 });
    await deleteSessions(scope, [other]);
    await nextDay();
    expect(await pruneBlobs(100)).toEqual({ looked: 3, deleted: 3 });
  });

  it("go a day after they were put when whoever put them died before it referred to them", async () => {
    await putBlob(scope, "drawn", "image/png");
    await nextDay();
    await putBlob(scope, "drawn again", "image/png");
    expect(await pruneBlobs(100)).toEqual({ looked: 1, deleted: 1 });
    expect(await kept()).toEqual(["drawn again"]);
    await nextDay();
    expect(await pruneBlobs(100)).toEqual({ looked: 1, deleted: 1 });
  });

  it("stay for whoever needs them again meanwhile", async () => {
    const used = { system: "Be brief.", tools: "[]", files: ["file"] };
    await endedRun(used);
    await retention();
    await nextDay();
    // A run that is only about to say what it was told.
    await putBlob(scope, used.system, "text/plain");
    const run = newRun();
    run.blobs = [{ hash: hashOf("file"), mediaType: "text/plain", bytes: Buffer.from("file") }];
    await writer.createRun(scope, run);
    expect(await pruneBlobs(100)).toEqual({ looked: 1, deleted: 1 });
    expect(await kept()).toEqual(["Be brief.", "file"]);
    // It never said so.
    await nextDay();
    expect(await pruneBlobs(100)).toEqual({ looked: 1, deleted: 1 });
    expect(await kept()).toEqual(["file"]);
  });

  it("are looked at in bounded pieces, the longest waiting first", async () => {
    await endedRun({ system: "one", tools: "two", files: ["three"] });
    await retention();
    await nextDay();
    await endedRun({ system: "four", tools: "five" });
    await retention();
    await database().pool.query(
      `UPDATE "Blob" SET "orphanedAt" = now() - interval '24.5 hours' WHERE "orphanedAt" > now() - interval '1 hour'`,
    );
    expect(await pruneBlobs(3)).toEqual({ looked: 3, deleted: 3 });
    expect(await kept()).toEqual(["five", "four"]);
    expect(await pruneBlobs(3)).toEqual({ looked: 2, deleted: 2 });
    expect(await pruneBlobs(3)).toEqual({ looked: 0, deleted: 0 });
  });
});
