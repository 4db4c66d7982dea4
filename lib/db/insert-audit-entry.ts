import type { PoolClient } from "pg";
import type { JsonObject } from "../core/json.ts";
import type { Scope } from "../core/scope.ts";

interface NewAuditEntry {
  /** Noun and past participle: `member.removed`. */
  action: string;
  targetType: string;
  targetId: string;
  details?: JsonObject;
}

/** Records what somebody changed, on the connection and in the transaction of the change. */
export async function insertAuditEntry(
  client: PoolClient,
  scope: Pick<Scope, "organizationId" | "actor">,
  entry: NewAuditEntry,
): Promise<void> {
  await client.query(
    `INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      scope.organizationId,
      scope.actor.kind,
      scope.actor.id,
      entry.action,
      entry.targetType,
      entry.targetId,
      JSON.stringify(entry.details ?? {}),
    ],
  );
}
