import { database } from "./database.ts";

/** A person who signs in to the console; `passwordHash` is null for those who come by another provider only. */
export interface UserRecord {
  id: string;
  email: string;
  name: string;
  passwordHash: string | null;
}

const COLUMNS = `id, email, name, "passwordHash"`;

/** Returns the user of an e-mail address (lower case), or null; disabled users are not found. Establishes identity. */
export async function findUserByEmail(email: string): Promise<UserRecord | null> {
  const { rows } = await database().pool.query<UserRecord>(
    `SELECT ${COLUMNS} FROM "User" WHERE email = $1 AND "disabledAt" IS NULL`,
    [email],
  );
  return rows[0] ?? null;
}

/** Returns a user, or null. Establishes identity: whoever asks has proved to be this user. */
export async function findUserById(id: string): Promise<UserRecord | null> {
  const { rows } = await database().pool.query<UserRecord>(
    `SELECT ${COLUMNS} FROM "User" WHERE id = $1 AND "disabledAt" IS NULL`,
    [id],
  );
  return rows[0] ?? null;
}

/** True once anybody has an account. */
export async function hasUsers(): Promise<boolean> {
  const { rows } = await database().pool.query(`SELECT 1 FROM "User" LIMIT 1`);
  return rows.length > 0;
}

/** Changes what the user is called, with an audit row in each of their organizations. */
export async function renameUser(userId: string, name: string): Promise<void> {
  await database().pool.query(
    `WITH u AS (UPDATE "User" SET name = $2, "updatedAt" = now() WHERE id = $1 RETURNING id)
     INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)
     SELECT m."organizationId", 'user', u.id, 'user.renamed', 'user', u.id, jsonb_build_object('name', $2::text)
     FROM u JOIN "Membership" m ON m."userId" = u.id`,
    [userId, name],
  );
}

/**
 * Replaces the user's password unless it is no longer the one that was checked (`knownHash`), and ends all sign-ins but
 * `keepAuthSessionId`; an audit row goes to each of their organizations. False when somebody else was faster.
 */
export async function changePasswordHash(
  userId: string,
  change: { knownHash: string | null; newHash: string; keepAuthSessionId: string },
): Promise<boolean> {
  const { rows } = await database().pool.query(
    `WITH u AS (
       UPDATE "User" SET "passwordHash" = $3, "updatedAt" = now()
       WHERE id = $1 AND "passwordHash" IS NOT DISTINCT FROM $2 RETURNING id),
     ended AS (
       UPDATE "AuthSession" s SET "revokedAt" = now() FROM u
       WHERE s."userId" = u.id AND s.id <> $4 AND s."revokedAt" IS NULL),
     audit AS (
       INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId")
       SELECT m."organizationId", 'user', u.id, 'user.password_changed', 'user', u.id
       FROM u JOIN "Membership" m ON m."userId" = u.id)
     SELECT 1 FROM u`,
    [userId, change.knownHash, change.newHash, change.keepAuthSessionId],
  );
  return rows.length > 0;
}
