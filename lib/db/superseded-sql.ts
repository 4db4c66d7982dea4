/**
 * True for a run that was to answer anew and did not come to its end while another answer of the same place stands: it
 * is an attempt, and no part of the conversation. `run` is what the query calls the "Run".
 */
export function supersededSql(run: string): string {
  return `(${run}."forkedFromRunId" IS NOT NULL AND ${run}.status IN ('ERROR', 'CANCELLED') AND EXISTS (
    SELECT 1 FROM "Run" standing WHERE standing."organizationId" = ${run}."organizationId"
      AND standing."sessionId" = ${run}."sessionId" AND standing.ordinal = ${run}.ordinal AND standing.id <> ${run}.id
      AND standing.status <> 'REGENERATED'
      AND (standing."forkedFromRunId" IS NULL OR standing.status NOT IN ('ERROR', 'CANCELLED'))))`;
}
