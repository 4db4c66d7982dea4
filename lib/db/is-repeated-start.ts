import type { Scope } from "../core/scope.ts";
import { database } from "./database.ts";
import { storedIdempotencyKey } from "./stored-idempotency-key.ts";

/** True when a subject's run was started under this key before. */
export async function isRepeatedStart(scope: Scope, subject: string | null, key: string): Promise<boolean> {
  const { rows } = await database().pool.query(
    `SELECT 1 FROM "Run" WHERE "organizationId" = $1 AND "idempotencyKey" = $2`,
    [scope.organizationId, storedIdempotencyKey(subject, key)],
  );
  return rows.length > 0;
}
