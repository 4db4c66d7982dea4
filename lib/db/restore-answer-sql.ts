/**
 * A part of the append: a run that took an answer's place and has failed, or was stopped, gives the place back. What
 * had stood there last stands again, unless another answer stands there or is under way.
 */
export const RESTORE_ANSWER_SQL = `restored AS (
      UPDATE "Run" s SET status = CASE WHEN s."errorMessage" IS NOT NULL THEN 'ERROR'
          WHEN s."cancelRequestedAt" IS NOT NULL THEN 'CANCELLED' ELSE 'COMPLETED' END,
        "updatedAt" = now()
      FROM root JOIN p ON p.g = root.g
      WHERE p.status IN ('ERROR', 'CANCELLED') AND s."organizationId" = root.org AND s.id = (
        SELECT o.id FROM "Run" r JOIN "Run" o ON o."organizationId" = r."organizationId"
          AND o."sessionId" = r."sessionId" AND o.ordinal = r.ordinal AND o.id <> r.id
        WHERE r."organizationId" = root.org AND r.id = root.id AND r."forkedFromRunId" IS NOT NULL
          AND o.status = 'REGENERATED' AND NOT EXISTS (
            SELECT 1 FROM "Run" x WHERE x."organizationId" = r."organizationId" AND x."sessionId" = r."sessionId"
              AND x.ordinal = r.ordinal AND x.id <> r.id AND x.status <> 'REGENERATED'
              AND (x."forkedFromRunId" IS NULL OR x.status NOT IN ('ERROR', 'CANCELLED')))
        ORDER BY o."createdAt" DESC, o.id LIMIT 1))`;
