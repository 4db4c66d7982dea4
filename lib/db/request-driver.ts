import type { PoolClient } from "pg";
import type { DurableEvent } from "../core/durable-event.ts";
import type { RunLease } from "../core/journal.ts";

/** Asks the durable engine for a driver of a run, in the transaction that has made it one that nobody drives. */
export async function requestDriver(
  client: PoolClient,
  { organizationId, rootRunId: runId, generation, subject }: RunLease & { subject: string | null },
): Promise<void> {
  const message: DurableEvent = {
    name: "gatehouse/run.requested",
    data: { organizationId, runId, subject, generation },
  };
  await client.query(`INSERT INTO "Outbox" ("organizationId", topic, payload) VALUES ($1, $2, $3)`, [
    organizationId,
    message.name,
    JSON.stringify(message.data),
  ]);
}
