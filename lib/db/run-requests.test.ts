import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { durableEventSchema } from "#lib/core/durable-event.ts";
import type { RunLease } from "#lib/core/journal.ts";
import type { Scope } from "#lib/core/scope.ts";
import { database } from "#lib/db/database.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { newRun } from "#tests/support/new-run.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import type { CreateRun } from "./create-run.ts";
import { createJournalWriter } from "./journal-writer.ts";
import { renew } from "./leases.ts";
import { outboxBell } from "./outbox-bell.ts";
import { claimRun } from "./run-leases.ts";
import { handOverRuns, requestLostRuns } from "./run-requests.ts";
import { getRun } from "./runs.ts";

const OWN = { bootId: "boot_own", driven: [] as string[] };
let db: TestDatabase;
let scope: Scope;
const writer = createJournalWriter();

beforeAll(async () => {
  db = await openTestDatabase();
  for (const bootId of ["boot_own", "boot_alive", "boot_next"]) await renew(bootId);
});
beforeEach(async () => {
  scope = await makeScope();
});
afterAll(() => db.close());

async function startRun(bootId: string | null, overrides: Partial<CreateRun> = {}): Promise<RunLease> {
  const result = await writer.createRun(scope, newRun({ bootId, ...overrides }));
  if (result.kind !== "created") throw new Error(result.kind);
  return result.lease;
}

async function age(runId: string, createdMinutesAgo: number, updatedMinutesAgo: number): Promise<void> {
  await database().pool.query(
    `UPDATE "Run" SET "createdAt" = now() - $2 * interval '1 minute', "updatedAt" = now() - $3 * interval '1 minute'
     WHERE id = $1`,
    [runId, createdMinutesAgo, updatedMinutesAgo],
  );
}

/** Takes what lies in the outbox for the test's organization: run ids and generations. */
async function takeRequests(): Promise<[runId: string, generation: number][]> {
  const { rows } = await database().pool.query<{ topic: string; payload: unknown }>(
    `DELETE FROM "Outbox" WHERE "organizationId" = $1 RETURNING topic, payload, id`,
    [scope.organizationId],
  );
  return rows.map(({ topic, payload }) => {
    const event = durableEventSchema.parse({ name: topic, data: payload });
    if (event.name !== "gatehouse/run.requested") throw new Error(event.name);
    expect(event.data.organizationId).toBe(scope.organizationId);
    return [event.data.runId, event.data.generation];
  });
}

describe("the sweep for runs without a driver", () => {
  it("asks for one where the driver's process is dead, once, and the bell rings", async () => {
    const lost = await startRun("boot_dead", { subject: "ann" });
    await startRun("boot_alive");
    let rings = 0;
    const stop = outboxBell().listen(() => {
      rings += 1;
    });
    expect(await requestLostRuns(OWN)).toBe(1);
    expect(await requestLostRuns(OWN)).toBe(0);
    stop();
    expect(rings).toBe(1);
    expect(await takeRequests()).toEqual([[lost.rootRunId, 1]]);
    expect(await getRun(scope, lost.rootRunId)).toMatchObject({ status: "RUNNING", driverBootId: null });
    expect(await claimRun(scope, lost.rootRunId, "boot_next")).toEqual({ ...lost, generation: 2 });
  });

  it("gives each run to one of several replicas that sweep at once", async () => {
    const lost = await Promise.all(Array.from({ length: 20 }, () => startRun("boot_dead")));
    const counts = await Promise.all([1, 2, 3].map(() => requestLostRuns(OWN)));
    const rest = await requestLostRuns(OWN);
    expect(counts.reduce((sum, count) => sum + count, rest)).toBe(20);
    const asked = (await takeRequests()).map(([runId]) => runId);
    expect(asked.toSorted()).toEqual(lost.map((lease) => lease.rootRunId).toSorted());
  });

  it("leaves runs alone that have ended or belong to another run's tree", async () => {
    const { rootRunId, ...lease } = await startRun("boot_dead");
    await writer.createRun(
      scope,
      newRun({ rootRunId, parentRunId: rootRunId, events: [], bootId: "boot_dead" }),
    );
    await writer.append({
      lease: { ...lease, rootRunId },
      events: [],
      patches: [{ runId: rootRunId, patch: { status: "COMPLETED" } }],
    });
    expect(await requestLostRuns(OWN)).toBe(0);
  });

  it("asks again, under the same generation, when a request seems lost, and ever more patiently", async () => {
    const waiting = await startRun(null);
    await age(waiting.rootRunId, 0.5, 0.5);
    expect(await requestLostRuns(OWN)).toBe(0);
    await age(waiting.rootRunId, 1.1, 1.1);
    expect(await requestLostRuns(OWN)).toBe(1);
    await age(waiting.rootRunId, 7, 2);
    expect(await requestLostRuns(OWN)).toBe(0);
    await age(waiting.rootRunId, 7, 4);
    expect(await requestLostRuns(OWN)).toBe(1);
    await age(waiting.rootRunId, 5_000, 11);
    expect(await requestLostRuns(OWN)).toBe(1);
    expect(await takeRequests()).toEqual(Array.from({ length: 3 }, () => [waiting.rootRunId, 0]));
  });

  it("finds what only its row calls ours", async () => {
    const [driven, dropped] = [await startRun("boot_own"), await startRun("boot_own")];
    const own = { bootId: "boot_own", driven: [driven.rootRunId] };
    for (const { rootRunId } of [driven, dropped]) await age(rootRunId, 0, 0);
    expect(await requestLostRuns(own)).toBe(0);
    for (const { rootRunId } of [driven, dropped]) await age(rootRunId, 2, 2);
    expect(await requestLostRuns(own)).toBe(1);
    expect(await takeRequests()).toEqual([[dropped.rootRunId, 1]]);
  });
});

describe("handing over", () => {
  it("lets go of all that a process holds, or of the runs named, and asks for other drivers", async () => {
    const [first, second] = [await startRun("boot_stopping"), await startRun("boot_stopping")];
    await startRun("boot_alive");
    expect(await handOverRuns("boot_stopping", [second.rootRunId])).toBe(1);
    expect(await takeRequests()).toEqual([[second.rootRunId, 1]]);
    expect(await handOverRuns("boot_stopping")).toBe(1);
    expect(await takeRequests()).toEqual([[first.rootRunId, 1]]);
    expect(await handOverRuns("boot_stopping")).toBe(0);
  });
});
