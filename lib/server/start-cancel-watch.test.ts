import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { requestCancel } from "#lib/db/run-leases.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { newRun } from "#tests/support/new-run.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { bootId } from "./boot-id.ts";
import { runDrivers } from "./run-drivers.ts";
import { startCancelWatch } from "./start-cancel-watch.ts";

let db: TestDatabase;

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

it("stops a run that was cancelled elsewhere, though no word of it has come, and no other", async () => {
  const scope = await makeScope();
  const [cancelled, other] = [newRun({ bootId: bootId() }), newRun({ bootId: bootId() })];
  const signals: AbortSignal[] = [];
  const release = Promise.withResolvers<void>();
  for (const run of [cancelled, other]) {
    await journalWriter().createRun(scope, run);
    void runDrivers().start(run.runId, (signal) => {
      signals.push(signal);
      return release.promise;
    });
  }
  const watch = startCancelWatch();
  await requestCancel(scope, cancelled.runId);
  await vi.waitUntil(() => signals[0]?.aborted === true, { timeout: 5_000 });
  expect(signals[1]?.aborted).toBe(false);
  release.resolve();
  await watch.stop();
});
