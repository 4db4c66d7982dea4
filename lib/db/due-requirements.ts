import { database } from "./database.ts";

/** A requirement for whose decision the time is over. */
export interface DueRequirement {
  organizationId: string;
  id: string;
  rootRunId: string;
}

/** The open requirements of all organizations whose time is over, oldest first, at most `limit`. */
export async function listDueRequirements(limit: number): Promise<DueRequirement[]> {
  const { rows } = await database().pool.query<DueRequirement>(
    `SELECT "organizationId", id, "rootRunId" FROM "Requirement"
     WHERE status = 'open' AND "expiresAt" <= now() ORDER BY "expiresAt", id LIMIT $1`,
    [limit],
  );
  return rows;
}

/**
 * Notes, with an audit row each, that people are to be reminded of the requirements of all organizations that are due
 * for it, at most `limit`; returns how many there were. Of several processes that look at once each is one's.
 */
export async function remindOfRequirements(limit: number): Promise<number> {
  const { rowCount } = await database().pool.query(
    `WITH due AS MATERIALIZED (
       SELECT "organizationId", id FROM "Requirement"
       WHERE status = 'open' AND "remindAt" <= now() AND "remindedAt" IS NULL
         AND ("expiresAt" IS NULL OR "expiresAt" > now())
       ORDER BY "remindAt" LIMIT $1 FOR UPDATE SKIP LOCKED),
     q AS (
       UPDATE "Requirement" r SET "remindedAt" = now(), "remindAt" = NULL, "updatedAt" = now() FROM due
       WHERE r."organizationId" = due."organizationId" AND r.id = due.id RETURNING r.*)
     INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)
     SELECT "organizationId", 'system', 'requirement-expire', 'requirement.reminded', 'requirement', id,
       jsonb_build_object('run_id', "rootRunId", 'tool_name', "toolName", 'expires_at', "expiresAt") FROM q`,
    [limit],
  );
  return rowCount ?? 0;
}
