import type { PoolClient } from "pg";
import { supersededSql } from "./superseded-sql.ts";

/** `s` is what else has the place of `r` in its conversation, but the run that takes it. */
const OTHERS = `r."organizationId" = $1 AND r.id = $2 AND s."organizationId" = $1 AND s."sessionId" = r."sessionId"
  AND s.ordinal = r.ordinal AND s.id <> $3`;

/**
 * Takes the place of a run in its conversation for the run `takerId`: what stands there gives way. Returns false, and
 * changes nothing, while another answer is under way there. The transaction must have locked the session's row.
 */
export async function takePlace(
  client: PoolClient,
  organizationId: string,
  { runId, takerId }: { runId: string; takerId: string },
): Promise<boolean> {
  const values = [organizationId, runId, takerId];
  const { rows } = await client.query(
    `SELECT 1 FROM "Run" s, "Run" r WHERE ${OTHERS} AND s.status IN ('PENDING', 'RUNNING', 'PAUSED') LIMIT 1`,
    values,
  );
  if (rows.length > 0) return false;
  await client.query(
    `UPDATE "Run" s SET status = 'REGENERATED', "updatedAt" = now() FROM "Run" r
     WHERE ${OTHERS} AND s.status IN ('COMPLETED', 'CANCELLED', 'ERROR') AND NOT ${supersededSql("s")}`,
    values,
  );
  return true;
}
