import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { JsonObject } from "#lib/core/json.ts";
import { database } from "#lib/db/database.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { newRun } from "#tests/support/new-run.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import type { CreateRun } from "./create-run.ts";
import { insertRuns, toRunInsert } from "./insert-runs.ts";

let db: TestDatabase;

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

function blobs(...hashes: string[]) {
  return hashes.map((hash) => ({ hash, mediaType: "text/plain", bytes: Buffer.from(`bytes of ${hash}`) }));
}

it("keeps the files of the runs that are written, and nothing of those that are refused", async () => {
  const { organizationId } = await makeScope();
  const insert = (...runs: CreateRun[]) => insertRuns(runs.map((run) => toRunInsert(organizationId, run)));
  const first = newRun({ idempotencyKey: "k", blobs: blobs("a", "b", "a") });
  const { id: sessionId } = first.session;
  const results = [
    ...(await insert(first)),
    ...(await insert(
      newRun({ idempotencyKey: "k", blobs: blobs("c") }),
      newRun({ sessionId, subject: "eve", blobs: blobs("d") }),
      newRun({ blobs: blobs("f", "b") }),
    )),
    ...(await insert(newRun({ sessionId, componentId: "other", blobs: blobs("e") }))),
  ];
  expect(results.map(({ kind }) => kind)).toEqual([
    "created",
    "repeated",
    "session_of_other_subject",
    "created",
    "session_of_other_component",
  ]);
  const { rows } = await database().pool.query<{ hash: string; sizeBytes: number; data: Buffer }>(
    `SELECT hash, "sizeBytes", data FROM "Blob" WHERE "organizationId" = $1 ORDER BY hash`,
    [organizationId],
  );
  expect(rows.map(({ hash }) => hash)).toEqual(["a", "b", "f"]);
  for (const { hash, sizeBytes, data } of rows) {
    expect(data.toString()).toBe(`bytes of ${hash}`);
    expect(sizeBytes).toBe(data.byteLength);
  }
});

it("takes the same files from several processes at once, in whatever order", async () => {
  const { organizationId } = await makeScope();
  const runs = Array.from({ length: 12 }, (_, n) => {
    const hashes = blobs("x", "y", "z");
    return newRun({ blobs: n % 2 === 0 ? hashes : hashes.toReversed() });
  });
  const results = await Promise.all(runs.map((run) => insertRuns([toRunInsert(organizationId, run)])));
  expect(results.flat().map(({ kind }) => kind)).toEqual(runs.map(() => "created"));
  const { rows } = await database().pool.query(`SELECT 1 FROM "Blob" WHERE "organizationId" = $1`, [
    organizationId,
  ]);
  expect(rows).toHaveLength(3);
});

it("does not let what many starts lay over a session's state add up without a bound", async () => {
  const { organizationId } = await makeScope();
  const insert = (run: CreateRun) => insertRuns([toRunInsert(organizationId, run)]);
  const sessionId = randomUUID();
  const start = (stateOverride?: JsonObject) =>
    insert(
      newRun({
        sessionId,
        session: { id: sessionId, title: null, state: {}, ...(stateOverride ? { stateOverride } : {}) },
      }),
    );
  const text = "x".repeat(1_900_000);
  expect(await start({ first: text })).toMatchObject([{ kind: "created" }]);
  expect(await start({ second: text })).toMatchObject([{ kind: "created" }]);
  expect(await start({ third: text })).toEqual([
    { kind: "session_state_too_large", mostCharacters: 4_000_000 },
  ]);
  const { rows } = await database().pool.query<{ keys: string[]; runs: number }>(
    `SELECT array(SELECT jsonb_object_keys(s.state)) AS keys,
       (SELECT count(*)::int FROM "Run" r WHERE r."sessionId" = s.id) AS runs FROM "Session" s WHERE s.id = $1`,
    [sessionId],
  );
  expect(rows).toEqual([{ keys: ["first", "second"], runs: 2 }]);
  // Without keys of its own a start is not refused, and keys may be made smaller.
  expect(await start()).toMatchObject([{ kind: "created" }]);
  expect(await start({ first: "", third: text })).toMatchObject([{ kind: "created" }]);
});
