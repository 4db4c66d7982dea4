import { vi } from "vitest";
import type { Scope } from "#lib/core/scope.ts";
import { database } from "#lib/db/database.ts";
import { runDrivers } from "#lib/server/run-drivers.ts";

/**
 * Makes of a run what a killed process leaves: its journal stands where it stood, and its row names a driver that is
 * dead. The driver in this process finds its lease gone, as one that was only slow would, and stops.
 */
export async function fenceOffDriver(scope: Scope, runId: string): Promise<void> {
  await database().pool.query(
    `UPDATE "Run" SET generation = generation + 1, "driverBootId" = 'boot_dead'
     WHERE "organizationId" = $1 AND id = $2`,
    [scope.organizationId, runId],
  );
  await vi.waitUntil(() => !runDrivers().runIds().includes(runId), { timeout: 20_000, interval: 5 });
}
