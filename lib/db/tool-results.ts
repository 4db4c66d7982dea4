import type { JsonValue } from "../core/json.ts";
import type { Scope } from "../core/scope.ts";
import { storableJson } from "../core/storable-json.ts";
import { database } from "./database.ts";

/** How many results that have expired go with each that is kept. */
const PRUNED_AT_ONCE = 100;

/** Returns the result kept under a key; undefined when there is none, or none that still counts at `nowMs`. */
export async function findToolResult(
  scope: Scope,
  key: string,
  nowMs: number,
): Promise<{ result: JsonValue } | undefined> {
  const { rows } = await database().pool.query<{ result: JsonValue }>(
    `SELECT result FROM "ToolResult" WHERE "organizationId" = $1 AND key = $2 AND "expiresAt" > $3`,
    [scope.organizationId, key, new Date(nowMs)],
  );
  return rows[0];
}

/**
 * Keeps a result until `expiresAtMs`, in place of one under the same key, and deletes some that have expired. Does nothing
 * when the caller has no such session any more: what is kept goes with it.
 */
export async function keepToolResult(
  scope: Scope,
  kept: { key: string; sessionId: string; result: JsonValue; nowMs: number; expiresAtMs: number },
): Promise<void> {
  await database().pool.query(
    `WITH expired AS (
       SELECT "organizationId", key FROM "ToolResult" WHERE "expiresAt" <= $6 AND key <> $2
       ORDER BY "expiresAt" LIMIT ${PRUNED_AT_ONCE} FOR UPDATE SKIP LOCKED),
     pruned AS (
       DELETE FROM "ToolResult" t USING expired e WHERE t."organizationId" = e."organizationId" AND t.key = e.key)
     INSERT INTO "ToolResult" ("organizationId", key, "sessionId", result, "expiresAt")
     SELECT s."organizationId", $2, s.id, $4::jsonb, $5 FROM "Session" s
     WHERE s."organizationId" = $1 AND s.id = $3 AND ($7::text IS NULL OR s.subject = $7)
     ON CONFLICT ("organizationId", key) DO UPDATE SET result = EXCLUDED.result, "expiresAt" = EXCLUDED."expiresAt"`,
    [
      scope.organizationId,
      kept.key,
      kept.sessionId,
      storableJson(kept.result).json,
      new Date(kept.expiresAtMs),
      new Date(kept.nowMs),
      scope.subject,
    ],
  );
}
