import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "#lib/db/database.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { newRun, newText } from "#tests/support/new-run.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { journalBus } from "./journal-bus.ts";
import { startJournalListener } from "./journal-listener.ts";
import { createJournalWriter } from "./journal-writer.ts";
import { requestCancel } from "./run-leases.ts";

let db: TestDatabase;

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

/** A started run, and a promise of the next word that its journal has grown elsewhere. */
async function startedRun() {
  const scope = await makeScope();
  const elsewhere = createJournalWriter();
  const run = newRun();
  const created = await elsewhere.createRun(scope, run);
  if (created.kind !== "created") throw new Error(created.kind);
  const append = () => elsewhere.append({ lease: created.lease, events: [newText(run.runId, "x")] });
  const told = () =>
    new Promise<void>((resolve) => {
      const stop = journalBus().subscribe(scope.organizationId, run.runId, (events) => {
        if (events !== null) return;
        stop();
        resolve();
      });
    });
  return { append, told, elsewhere, scope, runId: run.runId };
}

describe.runIf(process.env["TEST_DATABASE_KIND"] === "postgres")("processes that share a Postgres", () => {
  it("hear of each other's journals", async () => {
    const listener = await startJournalListener({ origin: "this-process" });
    const { append, told } = await startedRun();
    const heard = told();
    await append();
    await heard;
    await listener.stop();
  });

  it("hear again after the connection was lost, and read what they may have missed", async () => {
    const errors: unknown[] = [];
    const listener = await startJournalListener({
      origin: "this-process",
      retryDelayMs: 10,
      onError: (error) => errors.push(error),
    });
    const { append, told } = await startedRun();
    const back = told();
    await database().pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND query = 'LISTEN gatehouse_journal'`,
    );
    await back;
    expect(errors).not.toEqual([]);
    const heard = told();
    await append();
    await heard;
    await listener.stop();
  });

  it("hear which runs somebody wants to stop", async () => {
    const heard = Promise.withResolvers<string>();
    const listener = await startJournalListener({
      origin: "this-process",
      onCancelRequested: heard.resolve,
    });
    const { runId, scope } = await startedRun();
    await requestCancel(scope, runId);
    expect(await heard.promise).toBe(runId);
    await listener.stop();
  });

  it("do not read again what they wrote themselves", async () => {
    const { append, told, elsewhere } = await startedRun();
    const own = await startJournalListener({ origin: elsewhere.origin });
    let words = 0;
    void told().then(() => {
      words += 1;
    });
    await append();
    const other = await startedRun();
    // The words come in the order of the commits: when this one is here, the first has been passed over.
    const later = other.told();
    await other.append();
    await later;
    expect(words).toBe(0);
    await own.stop();
  });
});

describe.runIf(process.env["TEST_DATABASE_KIND"] !== "postgres")("the embedded database", () => {
  it("has no other processes to listen to", async () => {
    const listener = await startJournalListener({ origin: "this-process" });
    await listener.stop();
    expect(database().pool.totalCount - database().pool.idleCount).toBe(0);
  });
});
