import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { JournalEvent } from "#lib/core/journal.ts";
import { runRequestSchema } from "#lib/core/run-request.ts";
import { isFinished } from "#lib/core/run-status.ts";
import type { Scope } from "#lib/core/scope.ts";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { type Heartbeat, startHeartbeat } from "#lib/db/leases.ts";
import { readRunEvents } from "#lib/db/run-events.ts";
import { requestLostRuns } from "#lib/db/run-requests.ts";
import { getRun, getRunStatus } from "#lib/db/runs.ts";
import { bootId } from "#lib/server/boot-id.ts";
import { runDrivers } from "#lib/server/run-drivers.ts";
import { startRecoverySweep } from "#lib/server/start-recovery-sweep.ts";
import { startRun } from "#lib/server/start-run.ts";
import { startDurableApp } from "#tests/support/durable-app.ts";
import { eventually } from "#tests/support/eventually.ts";
import { fenceOffDriver } from "#tests/support/fence-off-driver.ts";
import { identityEnvironment } from "#tests/support/identity-environment.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { newEvent, newRun } from "#tests/support/new-run.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import type { Durable } from "./durable.ts";
import { runDrive } from "./run-drive.ts";
import { startDurable } from "./start-durable.ts";

let db: TestDatabase;
let heartbeat: Heartbeat;
let durable: Durable;
let scope: Scope;
let removeFolder: () => void;

beforeAll(async () => {
  removeFolder = identityEnvironment({ SCRIPTED_WORD_DELAY_MS: "4" });
  db = await openTestDatabase();
  heartbeat = await startHeartbeat(bootId());
  durable = await startDurable({ isDevelopment: false, origin: "http://app.test", isLoopback: true });
});
beforeEach(async () => {
  scope = await makeScope();
});
afterAll(async () => {
  await durable.quiesce();
  await durable.stop();
  await journalWriter().drain();
  await heartbeat.stop();
  await db.close();
  removeFolder();
});

async function start(message: string, subject: string, background = true): Promise<string> {
  const { run, watch, status } = await startRun(scope, {
    agentId: "assistant",
    request: runRequestSchema.parse({ message, background }),
    files: [],
    subject,
    boundSessionId: null,
    idempotencyKey: null,
  });
  watch.close();
  expect(status).toBe(background ? "PENDING" : "RUNNING");
  return run.runId;
}

async function ended(runId: string) {
  return eventually(
    async () => {
      const run = await getRun(scope, runId);
      return run !== null && isFinished(run.status) ? run : null;
    },
    { timeoutMs: 30_000 },
  );
}

function journalOf(runId: string): Promise<JournalEvent[]> {
  return readRunEvents(scope, runId, -1, 10_000);
}

/** The durable runs of a function for a run, once all have ended. */
async function durableRuns(functionId: string, runId: string) {
  return eventually(async () => {
    const { rows } = await db.pool.query<{ status: string; output: string | null }>(
      `SELECT r.status, r.output FROM "DurableRun" r JOIN "DurableEvent" e ON e.id = r."eventId"
       WHERE r."functionId" = $1 AND e.payload LIKE '%' || $2 || '%'`,
      [functionId, runId],
    );
    return rows.length > 0 && rows.every(({ output }) => output !== null) ? rows : null;
  });
}

describe("run/drive", () => {
  it("drives a background run, and keeps nothing of it but where it stands", async () => {
    const runId = await start("hello", "ann");
    expect(await ended(runId)).toMatchObject({ status: "COMPLETED", driverBootId: null, generation: 1 });
    const index = (await journalOf(runId)).at(-1)?.lastIndex;
    expect(await durableRuns("gatehouse-run-drive", runId)).toEqual([
      { status: "COMPLETED", output: JSON.stringify({ index, status: "COMPLETED" }) },
    ]);
    const { rows } = await db.pool.query(`SELECT 1 FROM "DurableEvent" WHERE name = 'gatehouse/run.ended'`);
    expect(rows).toEqual([]);
  });

  it("goes on with a run whose process died, started in a request or not, and its pieces are merged", async () => {
    const runId = await start("/long 60", "ann", false);
    await eventually(async () =>
      (await journalOf(runId)).filter(({ body }) => body.type === "RunContent").length > 2 ? true : null,
    );
    await fenceOffDriver(scope, runId);
    expect(await requestLostRuns({ bootId: bootId(), driven: runDrivers().runIds() })).toBe(1);
    const run = await ended(runId);
    expect(run).toMatchObject({ status: "COMPLETED", generation: 3 });
    expect(run.content?.split(" ")).toHaveLength(60);
    expect(await durableRuns("gatehouse-run-after", runId)).toEqual([
      { status: "COMPLETED", output: '{"pieces":["merge-parts"]}' },
    ]);
    const events = await journalOf(runId);
    // One row for the answer that was given up, one for the other.
    expect(events.filter(({ body }) => body.type === "RunContent")).toHaveLength(2);
    let next = 0;
    for (const event of events) {
      expect(event.index).toBe(next);
      next = event.lastIndex + 1;
    }
  });

  it("goes on within seconds with what this very process dropped when it could write nothing for a while", async () => {
    const sweep = await startRecoverySweep();
    const dropped = [await start("/long 200", "ann", false), await start("/long 200", "bob")];
    for (const runId of dropped) {
      await eventually(async () =>
        (await journalOf(runId)).some(({ body }) => body.type === "RunContent") ? true : null,
      );
    }
    await db.pool.query(`ALTER TABLE "Run" RENAME TO "RunAway"`);
    await eventually(() => (runDrivers().runIds().length === 0 ? true : null));
    await db.pool.query(`ALTER TABLE "RunAway" RENAME TO "Run"`);
    for (const runId of dropped) {
      expect(await getRun(scope, runId)).toMatchObject({ status: "RUNNING", driverBootId: bootId() });
    }
    const writableAtMs = performance.now();
    for (const runId of dropped) {
      const run = await ended(runId);
      expect(run).toMatchObject({ status: "COMPLETED", driverBootId: null });
      expect(run.content?.split(" ")).toHaveLength(200);
    }
    // A request that seems lost is asked for again only after a minute.
    expect(performance.now() - writableAtMs).toBeLessThan(30_000);
    await sweep.stop();
  }, 60_000);

  it("waits, and holds nothing, while somebody else drives the run", async () => {
    const other = await startHeartbeat("boot_other");
    const run = newRun({ componentId: "assistant", bootId: "boot_other" });
    const data = { organizationId: scope.organizationId, runId: run.runId, subject: null, generation: 1 };
    run.outbox = [{ name: "gatehouse/run.requested", data }];
    await journalWriter().createRun(scope, run);
    await eventually(async () => {
      const { rows } = await db.pool.query(
        `SELECT 1 FROM "DurableJob" j JOIN "DurableRun" r ON r.id = j."runId" JOIN "DurableEvent" e ON e.id = r."eventId"
         WHERE j.kind = 'sleep' AND e.payload LIKE '%' || $1 || '%'`,
        [run.runId],
      );
      return rows.length === 1 ? true : null;
    });
    expect(await getRunStatus(scope, run.runId)).toBe("RUNNING");
    await other.stop();
  });

  it("lets nobody take all places: a subject has its own share of its organization's", async () => {
    const anns = await Promise.all(Array.from({ length: 14 }, () => start("/long 40", "ann")));
    const bob = await start("hello", "bob");
    let most = 0;
    let bobEnded = false;
    await eventually(
      async () => {
        const { rows } = await db.pool.query<{ status: string; count: number }>(
          `SELECT status, count(*)::int AS count FROM "Run" WHERE id = ANY($1) GROUP BY status`,
          [anns],
        );
        const of = (status: string) => rows.find((row) => row.status === status)?.count ?? 0;
        most = Math.max(most, of("RUNNING"));
        const done = of("COMPLETED") === anns.length;
        if (!done && (await getRunStatus(scope, bob)) === "COMPLETED") bobEnded = true;
        return done ? true : null;
      },
      { timeoutMs: 30_000 },
    );
    expect(most).toBeLessThanOrEqual(8);
    expect(most).toBeGreaterThan(2);
    expect(bobEnded).toBe(true);
  });
});

it("a run that cannot be driven on ends and says so, once the retries are used up", async () => {
  await durable.quiesce();
  const app = await startDurableApp({ id: "failing", functions: () => [runDrive] });
  const run = newRun({ componentId: "assistant", bootId: null });
  // No version of ours has ever written this.
  const input = { content: "hello", attachments: 5 as unknown as [] };
  run.events = [newEvent(run.runId, { type: "RunStarted", input })];
  await journalWriter().createRun(scope, run);
  const data = { organizationId: scope.organizationId, runId: run.runId, subject: null, generation: 0 };
  await app.client.send({ name: "gatehouse/run.requested", id: randomUUID(), data });
  await eventually(
    async () => {
      app.advance(60_000);
      const status = await getRunStatus(scope, run.runId);
      return status !== null && isFinished(status) ? true : null;
    },
    { timeoutMs: 30_000, everyMs: 50 },
  );
  const events = await journalOf(run.runId);
  expect(events.map(({ body }) => body.type)).toEqual(["RunStarted", "RunError"]);
  expect(events[1]?.body).toMatchObject({
    error_type: "unavailable",
    content: expect.stringMatching(/could not go on .* several times/),
  });
  await app.engine.stop(1_000);
});
