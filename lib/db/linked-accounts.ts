import type { PoolClient } from "pg";
import { database } from "./database.ts";
import { isUniqueViolation } from "./is-unique-violation.ts";
import { transaction } from "./transaction.ts";

/** Who somebody is at another provider. */
export interface LinkedIdentity {
  provider: string;
  providerAccountId: string;
}

/** Returns the id of the user who signs in by this account, or null. Establishes identity. */
export async function findLinkedUserId(identity: LinkedIdentity): Promise<string | null> {
  const { rows } = await database().pool.query<{ id: string }>(
    `SELECT u.id FROM "LinkedAccount" l JOIN "User" u ON u.id = l."userId"
     WHERE l.provider = $1 AND l."providerAccountId" = $2 AND u."disabledAt" IS NULL`,
    [identity.provider, identity.providerAccountId],
  );
  return rows[0]?.id ?? null;
}

/** Lists the providers by which a user may sign in. */
export async function listLinkedProviders(userId: string): Promise<string[]> {
  const { rows } = await database().pool.query<{ provider: string }>(
    `SELECT DISTINCT provider FROM "LinkedAccount" WHERE "userId" = $1 ORDER BY provider`,
    [userId],
  );
  return rows.map((row) => row.provider);
}

/** Lets a user sign in by this account from now on; false when it belongs to somebody already. */
export async function linkAccount(userId: string, identity: LinkedIdentity): Promise<boolean> {
  try {
    await transaction((client) => insertLinkedAccount(client, userId, identity));
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

/** Ties an account to a user, with audit rows, in the caller's transaction. */
export async function insertLinkedAccount(
  client: PoolClient,
  userId: string,
  { provider, providerAccountId }: LinkedIdentity,
): Promise<void> {
  await client.query(
    `WITH l AS (
       INSERT INTO "LinkedAccount" (provider, "providerAccountId", "userId") VALUES ($1, $2, $3) RETURNING provider)
     INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)
     SELECT m."organizationId", 'user', $3, 'user.account_linked', 'user', $3, jsonb_build_object('provider', l.provider)
     FROM l JOIN "Membership" m ON m."userId" = $3`,
    [provider, providerAccountId, userId],
  );
}
