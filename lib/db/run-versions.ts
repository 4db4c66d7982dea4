import type { Scope } from "../core/scope.ts";
import { database } from "./database.ts";

/**
 * The runs that stand, or have stood, in the place of each of these: answers given anew, questions asked in other words,
 * and attempts at either. By the id that was asked for; oldest first, its own among them.
 */
export async function listRunVersions(
  scope: Scope,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await database().pool.query<{ id: string; versions: string[] }>(
    `SELECT r.id, array_agg(v.id ORDER BY v."createdAt", v.id) AS versions
     FROM "Run" r JOIN "Run" v ON v."organizationId" = r."organizationId" AND v."sessionId" = r."sessionId"
       AND v.ordinal = r.ordinal AND v."parentRunId" IS NULL
     WHERE r."organizationId" = $1 AND r.id = ANY($2::text[]) AND ($3::text IS NULL OR r.subject = $3)
     GROUP BY r.id`,
    [scope.organizationId, runIds, scope.subject],
  );
  return new Map(rows.map(({ id, versions }) => [id, versions]));
}
