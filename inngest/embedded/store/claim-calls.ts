import { failPoint } from "#lib/core/fail-point.ts";
import { inTransaction } from "./in-transaction.ts";
import type { Queryable, Store } from "./store.ts";

/** A call that this engine is to make, and what its handler is sent. */
export interface ClaimedCall {
  id: string;
  runId: string;
  functionId: string;
  organizationId: string | null;
  /** Null for a call that finds out what to do next. */
  stepId: string | null;
  attempt: number;
  maxAttempts: number;
  generation: number;
  requestVersion: number | null;
  /** True when steps of the run wait, or other calls of it are queued or under way. */
  hasSiblings: boolean;
  /** True for the run's very first call. */
  isFirst: boolean;
  /** True when the run ended while the call was being queued: it must not be made. */
  isOver: boolean;
  /** Canonical JSON text of the event. */
  event: string;
  /** The settled steps: the members of a JSON object, sorted by id; null when there are none. */
  states: string | null;
  /** The settled steps' ids in the order in which they settled. */
  stack: string[] | null;
}

interface ClaimInput {
  /** Other functions' calls are left where they are: their handler is not here. */
  functionIds: readonly string[];
  limit: number;
  /** The claims, as `id:generation`, that this engine is at work on: one that ran out untaken is still its own. */
  inFlight: readonly string[];
  /** True where other engines share the database: then claims under concurrency keys go one after the other. */
  isShared: boolean;
}

/**
 * Claims calls that are due, in the queue's order, as far as their concurrency keys have room. A key that is at its
 * limit holds up nobody else. `isComplete` is false when more may be claimable right away.
 */
export async function claimCalls(
  store: Store,
  input: ClaimInput,
): Promise<{ calls: ClaimedCall[]; isComplete: boolean }> {
  const claim = (db: Queryable) => claimOn({ ...store, db }, input);
  const claimed = input.isShared
    ? await inTransaction(async (db) => {
        await db.query(`SELECT pg_advisory_xact_lock(hashtext('gatehouse.durable.claim'))`);
        return claim(db);
      })
    : await claim(store.db);
  if (claimed.calls.length > 0) failPoint("job-claimed");
  return claimed;
}

async function claimOn(
  { db, now, ownerId, leaseMs }: Store,
  { functionIds, limit, inFlight }: ClaimInput,
): Promise<{ calls: ClaimedCall[]; isComplete: boolean }> {
  const { rows } = await db.query<(ClaimedCall | { id: null }) & { considered: number }>(
    `WITH busy AS MATERIALIZED (
       SELECT k.key, count(*)::int AS calls, min(k.most) AS most
       FROM "DurableJob" j CROSS JOIN LATERAL unnest(j."limitKeys", j.limits) AS k(key, most)
       WHERE j."ownerId" IS NOT NULL AND j."availableAt" > ${now} GROUP BY k.key),
     candidate AS MATERIALIZED (
       SELECT j.id, j."limitKeys", j.limits, j."orderAt" FROM "DurableJob" j
       WHERE NOT j."isTimer" AND j."availableAt" <= ${now} AND j."functionId" = ANY ($1::text[])
         AND j.id || ':' || j.generation <> ALL ($5::text[])
         AND NOT j."limitKeys" && COALESCE((SELECT array_agg(key) FROM busy WHERE calls >= most), '{}')
       ORDER BY j."orderAt", j.id LIMIT $2 FOR UPDATE SKIP LOCKED),
     ranked AS (
       SELECT c.id, k.most,
         row_number() OVER (PARTITION BY k.key ORDER BY c."orderAt", c.id) + COALESCE(b.calls, 0) AS place
       FROM candidate c CROSS JOIN LATERAL unnest(c."limitKeys", c.limits) AS k(key, most)
       LEFT JOIN busy b ON b.key = k.key),
     claimed AS (
       UPDATE "DurableJob" j SET "ownerId" = $3, generation = j.generation + 1,
         "availableAt" = ${now} + $4 * interval '1 millisecond'
       FROM candidate c
       WHERE j.id = c.id AND NOT EXISTS (SELECT 1 FROM ranked WHERE ranked.id = c.id AND ranked.place > ranked.most)
       RETURNING j.id, j."runId", j."functionId", j."stepId", j.attempt, j."maxAttempts", j.generation, j."orderAt"),
     started AS (
       UPDATE "DurableRun" r SET status = 'RUNNING', "startedAt" = ${now}
       FROM claimed WHERE r.id = claimed."runId" AND r."startedAt" IS NULL RETURNING r.id)
     SELECT (SELECT count(*)::int FROM candidate) AS considered, claimed.*, r."organizationId",
       r."requestVersion", e.payload AS event, s.states, s.stack, started.id IS NOT NULL AS "isFirst", r."endedAt" IS NOT NULL AS "isOver",
       EXISTS (SELECT 1 FROM "DurableJob" o
         WHERE o."runId" = claimed."runId" AND o.id <> claimed.id AND NOT o."isTimer")
         OR EXISTS (SELECT 1 FROM "DurableStep" w WHERE w."runId" = claimed."runId" AND w.state IS NULL)
         AS "hasSiblings"
     FROM (SELECT 1) one LEFT JOIN claimed ON true
     LEFT JOIN "DurableRun" r ON r.id = claimed."runId" LEFT JOIN "DurableEvent" e ON e.id = r."eventId"
     LEFT JOIN started ON started.id = claimed."runId"
     LEFT JOIN LATERAL (
       SELECT string_agg('"' || step.id || '":' || step.state, ',' ORDER BY step.id COLLATE "C") AS states,
         array_agg(step.id ORDER BY step.ordinal) AS stack
       FROM "DurableStep" step WHERE step."runId" = claimed."runId" AND step.state IS NOT NULL) s ON true
     ORDER BY claimed."orderAt", claimed.id`,
    [functionIds, limit, ownerId, leaseMs, inFlight],
  );
  const calls = rows.flatMap((row) => (row.id === null ? [] : [row]));
  return { calls, isComplete: (rows[0]?.considered ?? 0) < limit };
}
