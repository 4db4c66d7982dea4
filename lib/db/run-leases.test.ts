import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunLease } from "#lib/core/journal.ts";
import type { Scope } from "#lib/core/scope.ts";
import { database } from "#lib/db/database.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { newRun, newText } from "#tests/support/new-run.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import type { CreateRun } from "./create-run.ts";
import { createJournalWriter } from "./journal-writer.ts";
import { deleteExpiredLeases, renew, startHeartbeat } from "./leases.ts";
import { claimRun, listCancelledRuns, releaseRun, requestCancel } from "./run-leases.ts";
import { getRun } from "./runs.ts";

let db: TestDatabase;
const writer = createJournalWriter();

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

async function startRun(scope: Scope, overrides: Partial<CreateRun> = {}): Promise<RunLease> {
  const result = await writer.createRun(scope, newRun({ subject: scope.subject, ...overrides }));
  if (result.kind !== "created") throw new Error(result.kind);
  return result.lease;
}

async function expireLease(bootId: string): Promise<void> {
  await database().pool.query(
    `UPDATE "Lease" SET "expiresAt" = now() - interval '1 second' WHERE "bootId" = $1`,
    [bootId],
  );
}

describe("the hold on a run", () => {
  it("cannot be taken from a process that is alive", async () => {
    const scope = await makeScope();
    const heartbeat = await startHeartbeat("boot_alive");
    const { rootRunId } = await startRun(scope, { bootId: "boot_alive" });
    expect(await claimRun(scope, rootRunId, "boot_other")).toBeNull();
    await heartbeat.stop();
  });

  it("goes to exactly one claimant when the driver's process is dead, and fences the dead one off", async () => {
    const scope = await makeScope();
    await renew("boot_dying");
    const lease = await startRun(scope, { bootId: "boot_dying" });
    await expireLease("boot_dying");
    await renew("boot_a");
    await renew("boot_b");
    const claims = await Promise.all(
      ["boot_a", "boot_b"].map((bootId) => claimRun(scope, lease.rootRunId, bootId)),
    );
    expect(claims.filter((claim) => claim !== null)).toEqual([{ ...lease, generation: 2 }]);
    await expect(writer.append({ lease, events: [newText(lease.rootRunId, "late")] })).rejects.toThrow(
      "held by another",
    );
  });

  it("can be taken once it was let go, and only its holder can let go", async () => {
    const scope = await makeScope();
    const lease = await startRun(scope, { bootId: null });
    expect(lease.generation).toBe(0);
    const first = await claimRun(scope, lease.rootRunId, "boot_first");
    expect(first).toEqual({ ...lease, generation: 1 });
    expect(await getRun(scope, lease.rootRunId)).toMatchObject({ status: "RUNNING" });
    expect(await releaseRun(scope, lease)).toBe(false);
    if (first === null) throw new Error("not claimed");
    expect(await releaseRun(scope, first)).toBe(true);
    expect(await claimRun(scope, lease.rootRunId, "boot_second")).toEqual({ ...lease, generation: 2 });
  });

  it("cannot be taken on a run that has ended", async () => {
    const scope = await makeScope();
    const lease = await startRun(scope);
    await writer.append({
      lease,
      events: [],
      patches: [{ runId: lease.rootRunId, patch: { status: "COMPLETED" } }],
    });
    expect(await claimRun(scope, lease.rootRunId, "boot_other")).toBeNull();
  });

  it("cannot be taken or let go by a stranger", async () => {
    const scope = await makeScope({ subject: "ada" });
    const lease = await startRun(scope, { bootId: null });
    for (const stranger of [await makeScope(), await makeScope({ ...scope, subject: "eve" })]) {
      expect(await claimRun(stranger, lease.rootRunId, "boot_eve")).toBeNull();
      expect(await releaseRun(stranger, lease)).toBe(false);
    }
  });
});

describe("cancelling", () => {
  it("is asked for once, and changes nothing about a run that has ended", async () => {
    const scope = await makeScope();
    const lease = await startRun(scope);
    const outcomes = await Promise.all([1, 2, 3].map(() => requestCancel(scope, lease.rootRunId)));
    expect(outcomes.filter((outcome) => outcome === "requested")).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === "already_requested")).toHaveLength(2);
    expect((await getRun(scope, lease.rootRunId))?.cancelRequestedAt).toBeInstanceOf(Date);
    await writer.append({
      lease,
      events: [],
      patches: [{ runId: lease.rootRunId, patch: { status: "CANCELLED" } }],
    });
    expect(await requestCancel(scope, lease.rootRunId)).toBe("ended");
  });

  it("is found by the process that drives the run", async () => {
    const scope = await makeScope();
    const lease = await startRun(scope, { bootId: "boot_asked" });
    await startRun(scope, { bootId: "boot_asked" });
    expect(await listCancelledRuns("boot_asked")).toEqual([]);
    await requestCancel(scope, lease.rootRunId);
    expect(await listCancelledRuns("boot_asked")).toEqual([lease.rootRunId]);
    expect(await listCancelledRuns("boot_other")).toEqual([]);
  });

  it("does not exist for a stranger", async () => {
    const scope = await makeScope({ subject: "ada" });
    const { rootRunId } = await startRun(scope);
    for (const stranger of [await makeScope(), await makeScope({ ...scope, subject: "eve" })]) {
      expect(await requestCancel(stranger, rootRunId)).toBeNull();
    }
    expect((await getRun(scope, rootRunId))?.cancelRequestedAt).toBeNull();
  });
});

describe("a process's sign of life", () => {
  it("keeps its runs from being taken until it stops", async () => {
    const scope = await makeScope();
    const heartbeat = await startHeartbeat("boot_beating");
    const { rootRunId } = await startRun(scope, { bootId: "boot_beating" });
    expect(await claimRun(scope, rootRunId, "boot_other")).toBeNull();
    await heartbeat.stop();
    expect(await claimRun(scope, rootRunId, "boot_other")).not.toBeNull();
  });

  it("is forgotten a day after it was the last", async () => {
    await renew("boot_of_yesterday");
    await renew("boot_of_today");
    await database().pool.query(
      `UPDATE "Lease" SET "expiresAt" = now() - interval '25 hours' WHERE "bootId" = 'boot_of_yesterday'`,
    );
    expect(await deleteExpiredLeases()).toBe(1);
    expect(await deleteExpiredLeases()).toBe(0);
  });

  it("renews an expired lease before anybody else notices, and goes on after a failed renewal", async () => {
    const errors: unknown[] = [];
    const heartbeat = await startHeartbeat("boot_renewing", {
      intervalMs: 5,
      onError: (error) => errors.push(error),
    });
    await expireLease("boot_renewing");
    const { pool } = database();
    const expiry = async () =>
      (
        await pool.query<{ alive: boolean }>(
          `SELECT "expiresAt" > now() AS alive FROM "Lease" WHERE "bootId" = 'boot_renewing'`,
        )
      ).rows[0]?.alive;
    await expect.poll(expiry).toBe(true);
    await pool.query(`ALTER TABLE "Lease" RENAME TO "LeaseAway"`);
    await expect.poll(() => errors.length).toBeGreaterThan(0);
    await pool.query(`ALTER TABLE "LeaseAway" RENAME TO "Lease"`);
    await expireLease("boot_renewing");
    await expect.poll(expiry).toBe(true);
    await heartbeat.stop();
  });

  it.runIf(process.env["TEST_DATABASE_KIND"] !== "postgres")(
    "declares every other process dead on the embedded database, whose folder is locked",
    async () => {
      await renew("boot_before_the_crash");
      const heartbeat = await startHeartbeat("boot_after_the_crash");
      const { rows } = await database().pool.query(`SELECT "bootId" FROM "Lease"`);
      expect(rows).toEqual([{ bootId: "boot_after_the_crash" }]);
      await heartbeat.stop();
    },
  );
});
