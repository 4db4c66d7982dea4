import { database } from "./database.ts";

/** Deletes at most `limit` kept results of tools, of all organizations, that have expired. Returns how many went. */
export async function pruneToolResults(limit: number): Promise<number> {
  const { rowCount } = await database().pool.query(
    `WITH expired AS (
       SELECT "organizationId", key FROM "ToolResult" WHERE "expiresAt" <= now()
       ORDER BY "expiresAt" LIMIT $1 FOR UPDATE SKIP LOCKED)
     DELETE FROM "ToolResult" t USING expired e WHERE t."organizationId" = e."organizationId" AND t.key = e.key`,
    [limit],
  );
  return rowCount ?? 0;
}
