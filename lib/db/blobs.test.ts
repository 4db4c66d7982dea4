import { afterAll, beforeAll, expect, it } from "vitest";
import { database } from "#lib/db/database.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { getBlob, putBlob } from "./blobs.ts";

let db: TestDatabase;

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

it("keeps any bytes under their SHA-256, once however often they come", async () => {
  const scope = await makeScope();
  const bytes = Uint8Array.from({ length: 70_000 }, (_, n) => n % 256);
  const hashes = await Promise.all([1, 2, 3].map(() => putBlob(scope, bytes, "application/octet-stream")));
  expect(new Set(hashes).size).toBe(1);
  expect(await putBlob(scope, bytes, "text/plain")).toBe(hashes[0]);
  const stored = await getBlob(scope, hashes[0] ?? "");
  expect(stored).toMatchObject({ mediaType: "application/octet-stream", sizeBytes: 70_000 });
  expect(stored?.data.equals(bytes)).toBe(true);
  const { rows } = await database().pool.query(
    `SELECT count(*)::int AS n FROM "Blob" WHERE "organizationId" = $1`,
    [scope.organizationId],
  );
  expect(rows).toEqual([{ n: 1 }]);
});

it("keeps text as UTF-8, NUL included", async () => {
  const scope = await makeScope();
  const hash = await putBlob(scope, "a\0👋", "text/plain");
  expect((await getBlob(scope, hash))?.data.toString("utf8")).toBe("a\0👋");
});

it("shows another organization nothing, though it knows the hash", async () => {
  const hash = await putBlob(await makeScope(), "secret", "text/plain");
  expect(await getBlob(await makeScope(), hash)).toBeNull();
});
