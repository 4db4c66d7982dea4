import { afterAll, beforeAll, expect, it } from "vitest";
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
