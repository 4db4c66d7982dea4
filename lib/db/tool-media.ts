import type { RunAttachment } from "../core/run-event.ts";
import type { Scope } from "../core/scope.ts";
import { database } from "./database.ts";

/** Finds a file that a tool has brought in a run tree of the caller's; null when there is none of this id. */
export async function findToolMedia(
  scope: Scope,
  rootRunId: string,
  attachmentId: string,
): Promise<RunAttachment | null> {
  const { rows } = await database().pool.query<{ file: RunAttachment }>(
    `SELECT file FROM "RunEvent" e
     JOIN "Run" r ON r."organizationId" = e."organizationId" AND r.id = e."rootRunId"
     CROSS JOIN LATERAL json_array_elements(
       CASE WHEN json_typeof(e.data -> 'media') = 'array' THEN e.data -> 'media' END) AS file
     WHERE e."organizationId" = $1 AND e."rootRunId" = $2 AND e.type = 'ToolCallCompleted'
       AND ($3::text IS NULL OR r.subject = $3) AND file ->> 'id' = $4
     LIMIT 1`,
    [scope.organizationId, rootRunId, scope.subject, attachmentId],
  );
  return rows[0]?.file ?? null;
}
