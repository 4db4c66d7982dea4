import type { Scope } from "../core/scope.ts";
import { database } from "./database.ts";

/**
 * The tools of those calls of a run that were begun, may have changed the world, and of which nobody has said what became
 * of them. Another subject's run has none.
 */
export async function listUnknownEffects(
  scope: Scope,
  rootRunId: string,
  toolCallIds: readonly string[],
): Promise<string[]> {
  const { rows } = await database().pool.query<{ toolName: string }>(
    `SELECT DISTINCT e."toolName" FROM "Effect" e
     JOIN "Run" r ON r."organizationId" = e."organizationId" AND r.id = e."rootRunId"
     WHERE e."organizationId" = $1 AND e."rootRunId" = $2 AND e."toolCallId" = ANY($3::text[])
       AND e.status IN ('claimed', 'unknown', 'abandoned') AND ($4::text IS NULL OR r.subject = $4)
     ORDER BY 1`,
    [scope.organizationId, rootRunId, toolCallIds, scope.subject],
  );
  return rows.map(({ toolName }) => toolName);
}
