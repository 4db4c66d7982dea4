// The lock is taken in the order in which runs that keep the same files take it.
/**
 * CTEs that note of the blobs of root runs about to be deleted that they may not be referred to any more. $1 is the
 * organization; `roots` is a CTE before them with the runs' ids.
 */
export const orphanedBlobsSql = (roots: string): string => `
  orphan AS MATERIALIZED (
    SELECT b."organizationId", b.hash FROM "Blob" b WHERE b."organizationId" = $1 AND b.hash IN (
      SELECT reference.hash FROM ${roots} root
      JOIN "RunEvent" e ON e."organizationId" = $1 AND e."rootRunId" = root.id
        AND e.type IN ('RunStarted', 'ModelRequestStarted', 'ToolCallCompleted')
      CROSS JOIN LATERAL (
        SELECT e.internal ->> 'system' AS hash WHERE e.type = 'ModelRequestStarted'
        UNION ALL SELECT e.internal ->> 'tools' WHERE e.type = 'ModelRequestStarted'
        UNION ALL SELECT file ->> 'hash' FROM json_array_elements(
          CASE WHEN e.type = 'RunStarted' AND json_typeof(e.data -> 'input' -> 'attachments') = 'array'
            THEN e.data -> 'input' -> 'attachments' END) AS file
        UNION ALL SELECT file ->> 'hash' FROM json_array_elements(
          CASE WHEN e.type = 'ToolCallCompleted' AND json_typeof(e.data -> 'media') = 'array'
            THEN e.data -> 'media' END) AS file) reference)
    ORDER BY b."organizationId", b.hash FOR UPDATE),
  orphaned AS (
    UPDATE "Blob" b SET "orphanedAt" = now() FROM orphan o
    WHERE b."organizationId" = o."organizationId" AND b.hash = o.hash)`;
