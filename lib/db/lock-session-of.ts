import type { PoolClient } from "pg";

/** Locks the row of a run's session, before the run's own: whoever deletes the session takes them in this order. */
export async function lockSessionOf(
  client: PoolClient,
  organizationId: string,
  runId: string,
): Promise<void> {
  await client.query(
    `SELECT 1 FROM "Session" s WHERE s."organizationId" = $1 AND s.id =
       (SELECT r."sessionId" FROM "Run" r WHERE r."organizationId" = $1 AND r.id = $2) FOR NO KEY UPDATE`,
    [organizationId, runId],
  );
}
