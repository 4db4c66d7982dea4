import { afterAll, beforeAll, expect, test } from "vitest";
import { makeScope } from "#tests/support/make-scope.ts";
import { newRun } from "#tests/support/new-run.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { journalWriter } from "./journal-writer.ts";
import { pruneToolResults } from "./prune-tool-results.ts";
import { findToolResult, keepToolResult } from "./tool-results.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(async () => {
  await journalWriter().drain();
  await db.close();
});

test("kept results that have expired go in pieces, though no other is ever kept; those that count stay", async () => {
  const scope = await makeScope();
  const run = newRun();
  await journalWriter().createRun(scope, run);
  const nowMs = Date.now();
  const ages: Record<string, number> = { a: -3, b: -2, c: -1, d: 60 };
  for (const [key, seconds] of Object.entries(ages)) {
    const expiresAtMs = nowMs + seconds * 1_000;
    // As of long ago, so that keeping one deletes no other.
    await keepToolResult(scope, { key, sessionId: run.session.id, result: key, nowMs: 0, expiresAtMs });
  }
  expect(await pruneToolResults(2)).toBe(2);
  expect(await findToolResult(scope, "c", 0)).toEqual({ result: "c" });
  expect(await pruneToolResults(2)).toBe(1);
  expect(await pruneToolResults(2)).toBe(0);
  expect(await findToolResult(scope, "d", nowMs)).toEqual({ result: "d" });
});
