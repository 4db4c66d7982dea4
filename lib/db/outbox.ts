import { type DurableEvent, durableEventSchema } from "../core/durable-event.ts";
import { database } from "./database.ts";

/** A message that waits in the outbox. */
export interface OutboxMessage {
  id: string;
  /** Null when this version does not know the message; a newer one that shares the database may. */
  event: DurableEvent | null;
}

/** How long a relay may be busy with what it took, before others may send it, too: sent twice, it counts once. */
const CLAIM = "10 seconds";

/**
 * Takes up to `limit` undelivered messages, oldest first, for the caller to send. Others do not get them until the
 * caller marks them, gives them back, or has taken too long; several processes may take at once.
 */
export async function claimOutboxMessages(limit: number): Promise<OutboxMessage[]> {
  const { rows } = await database().pool.query<{ id: string; topic: string; payload: unknown }>(
    `UPDATE "Outbox" o SET "claimedUntil" = now() + interval '${CLAIM}'
     FROM (SELECT id FROM "Outbox"
       WHERE "deliveredAt" IS NULL AND ("claimedUntil" IS NULL OR "claimedUntil" < now())
       ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED) due
     WHERE o.id = due.id RETURNING o.id, o.topic, o.payload`,
    [limit],
  );
  return rows
    .toSorted((a, b) => Number(BigInt(a.id) - BigInt(b.id)))
    .map(({ id, topic, payload }) => {
      const { data: event = null } = durableEventSchema.safeParse({ name: topic, data: payload });
      return { id, event };
    });
}

/**
 * Frees what the relays of dead processes had taken. On the embedded database these are all others, because the data
 * folder is locked; on Postgres nothing happens: there the claims run out.
 */
export async function freeOutboxClaims(): Promise<void> {
  const { kind, pool } = database();
  if (kind === "embedded") {
    await pool.query(`UPDATE "Outbox" SET "claimedUntil" = NULL WHERE "claimedUntil" IS NOT NULL`);
  }
}

/** Notes that the messages have reached the engine. */
export async function markOutboxDelivered(ids: readonly string[]): Promise<void> {
  await database().pool.query(
    `UPDATE "Outbox" SET "deliveredAt" = now(), "claimedUntil" = NULL WHERE id = ANY($1::bigint[])`,
    [ids],
  );
}

/** Gives messages back that could not be sent: whoever looks next may take them. */
export async function giveBackOutboxMessages(ids: readonly string[]): Promise<void> {
  await database().pool.query(
    `UPDATE "Outbox" SET "claimedUntil" = NULL WHERE id = ANY($1::bigint[]) AND "deliveredAt" IS NULL`,
    [ids],
  );
}

/** Deletes messages that were delivered more than `keepHours` hours ago, at most `limit`; returns how many. */
export async function deleteDeliveredMessages(keepHours: number, limit: number): Promise<number> {
  const { rowCount } = await database().pool.query(
    `DELETE FROM "Outbox" WHERE id IN (SELECT id FROM "Outbox"
       WHERE "deliveredAt" < now() - $1 * interval '1 hour' ORDER BY "deliveredAt" LIMIT $2)`,
    [keepHours, limit],
  );
  return rowCount ?? 0;
}
