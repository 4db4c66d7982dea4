import type { DurableEvent } from "../core/durable-event.ts";
import { database } from "./database.ts";
import { outboxBell } from "./outbox-bell.ts";

const RUN_REQUESTED: DurableEvent["name"] = "gatehouse/run.requested";

/** How long a request may be on its way before it counts as lost; longer for runs that have waited for long already. */
const PATIENCE = { least: "1 minute", most: "10 minutes" };

/** Between a run's claim and its driver's place in the process's registry. A driver that needs longer is fenced off. */
const REGISTERED_WITHIN = "5 seconds";

// Whoever was driving is let go of and the engine is asked for another, in one statement: of several replicas that
// look at the same moment each run falls to one. The event's id holds the generation, so that asking again is harmless
// until somebody has claimed the run.
const requestSql = (which: string) => `
WITH lost AS MATERIALIZED (
  SELECT r."organizationId", r.id FROM "Run" r
  WHERE r.id = r."rootRunId" AND (r.status IN ('PENDING', 'RUNNING')
      OR (r.status = 'PAUSED' AND r."cancelRequestedAt" IS NOT NULL))
    AND ${which} FOR UPDATE SKIP LOCKED),
freed AS (
  UPDATE "Run" r SET "driverBootId" = NULL, "updatedAt" = now() FROM lost
  WHERE r."organizationId" = lost."organizationId" AND r.id = lost.id
  RETURNING r."organizationId", r.id, r.subject, r.generation, r.ordinal)
INSERT INTO "Outbox" ("organizationId", topic, payload)
SELECT f."organizationId", '${RUN_REQUESTED}', jsonb_build_object('organizationId', f."organizationId",
  'runId', f.id, 'subject', f.subject, 'generation', f.generation)
FROM freed f ORDER BY f.ordinal`;

/**
 * Asks for a driver for every run of all organizations that should have one and has none, and returns how many there
 * are: its driver's process is dead, or it waits for so long that the request for it may be lost, or it was cancelled
 * while it waited for people and nobody has ended it. `own.driven` are the runs that this process (`own.bootId`) drives;
 * one that only its row calls ours was dropped by a driver that could not write.
 */
export async function requestLostRuns(own: { bootId: string; driven: readonly string[] }): Promise<number> {
  return request(
    requestSql(`CASE
      WHEN r."driverBootId" IS NULL THEN
        now() - r."updatedAt" > LEAST(interval '${PATIENCE.most}',
          GREATEST(interval '${PATIENCE.least}', r."updatedAt" - r."createdAt"))
      WHEN r."driverBootId" = $1 THEN
        r.id <> ALL($2::text[]) AND now() - r."updatedAt" > interval '${REGISTERED_WITHIN}'
      ELSE NOT EXISTS (SELECT 1 FROM "Lease" l WHERE l."bootId" = r."driverBootId" AND l."expiresAt" > now()) END`),
    [own.bootId, own.driven],
  );
}

/**
 * Lets go of the runs that a process holds, all or the ones named, and asks for another driver for them. Its own
 * drivers must have stopped. Returns how many runs were handed over.
 */
export async function handOverRuns(bootId: string, runIds: readonly string[] | null = null): Promise<number> {
  return request(requestSql(`r."driverBootId" = $1 AND ($2::text[] IS NULL OR r.id = ANY($2))`), [
    bootId,
    runIds,
  ]);
}

async function request(sql: string, values: unknown[]): Promise<number> {
  const { rowCount } = await database().pool.query(sql, values);
  if (rowCount !== null && rowCount > 0) outboxBell().ring();
  return rowCount ?? 0;
}
