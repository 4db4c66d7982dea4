/**
 * A part of the append: a run that took an answer's place and has failed, or was stopped, gives the place back. What
 * had stood there last stands again.
 */
export const RESTORE_ANSWER_SQL = `restored AS (
      UPDATE "Run" s SET status = CASE WHEN s."errorMessage" IS NULL THEN 'COMPLETED' ELSE 'ERROR' END,
        "updatedAt" = now()
      FROM root JOIN p ON p.g = root.g
      WHERE p.status IN ('ERROR', 'CANCELLED') AND s."organizationId" = root.org AND s.id = (
        SELECT o.id FROM "Run" r JOIN "Run" o ON o."organizationId" = r."organizationId"
          AND o."sessionId" = r."sessionId" AND o.ordinal = r.ordinal AND o.id <> r.id
        WHERE r."organizationId" = root.org AND r.id = root.id AND r."forkedFromRunId" IS NOT NULL
          AND o.status = 'REGENERATED'
        ORDER BY o."createdAt" DESC, o.id LIMIT 1))`;
