import { database } from "./database.ts";

/** Much longer than a blob that was just put may be referred to without being put again. */
const GRACE = "1 day";

// Whoever is about to refer to a blob has put it before, which puts it at the end of the list.
const PRUNE = `
WITH due AS MATERIALIZED (
  SELECT "organizationId", hash FROM "Blob" WHERE "orphanedAt" < now() - interval '${GRACE}'
  ORDER BY "orphanedAt" LIMIT $1 FOR UPDATE SKIP LOCKED),
used AS MATERIALIZED (
  SELECT d."organizationId", d.hash FROM due d
  WHERE EXISTS (SELECT 1 FROM "RunEvent" e WHERE e.type = 'ModelRequestStarted'
      AND e."organizationId" = d."organizationId" AND e.internal ->> 'system' = d.hash)
    OR EXISTS (SELECT 1 FROM "RunEvent" e WHERE e.type = 'ModelRequestStarted'
      AND e."organizationId" = d."organizationId" AND e.internal ->> 'tools' = d.hash)
    OR EXISTS (SELECT 1 FROM "RunEvent" e WHERE e.type = 'RunStarted'
      AND (e.data -> 'input' -> 'attachments') IS NOT NULL AND e."organizationId" = d."organizationId"
      AND (e.data -> 'input' -> 'attachments')::jsonb @> jsonb_build_array(jsonb_build_object('hash', d.hash)))
    OR EXISTS (SELECT 1 FROM "RunEvent" e WHERE e.type = 'ToolCallCompleted'
      AND (e.data -> 'media') IS NOT NULL AND e."organizationId" = d."organizationId"
      AND (e.data -> 'media')::jsonb @> jsonb_build_array(jsonb_build_object('hash', d.hash)))),
kept AS (
  UPDATE "Blob" b SET "orphanedAt" = NULL FROM used u
  WHERE b."organizationId" = u."organizationId" AND b.hash = u.hash),
gone AS (
  DELETE FROM "Blob" b USING due d
  WHERE b."organizationId" = d."organizationId" AND b.hash = d.hash
    AND NOT EXISTS (SELECT 1 FROM used u WHERE u."organizationId" = d."organizationId" AND u.hash = d.hash)
  RETURNING b.hash)
SELECT (SELECT count(*)::int FROM due) AS looked, (SELECT count(*)::int FROM gone) AS deleted`;

/**
 * Deletes blobs of all organizations that nothing refers to since more than a day. Looks at up to `limit` of those that
 * have lost a reference or were put and not looked at since, and returns how many it has looked at and how many of them it has deleted.
 */
export async function pruneBlobs(limit: number): Promise<{ looked: number; deleted: number }> {
  const { rows } = await database().pool.query<{ looked: number; deleted: number }>(PRUNE, [limit]);
  return rows[0] ?? { looked: 0, deleted: 0 };
}
