import { database } from "./database.ts";

/** A sign-in that still counts. */
interface LiveAuthSession {
  userId: string;
  lastSeenAt: Date;
}

/** Returns the sign-in unless it was revoked, has expired, or its user is disabled. */
export async function findLiveAuthSession(id: string): Promise<LiveAuthSession | null> {
  const { rows } = await database().pool.query<LiveAuthSession>(
    `SELECT s."userId", s."lastSeenAt" FROM "AuthSession" s JOIN "User" u ON u.id = s."userId"
     WHERE s.id = $1 AND s."revokedAt" IS NULL AND s."expiresAt" > now() AND u."disabledAt" IS NULL`,
    [id],
  );
  return rows[0] ?? null;
}

/** Notes that the sign-in was used now. */
export async function touchAuthSession(id: string): Promise<void> {
  await database().pool.query(`UPDATE "AuthSession" SET "lastSeenAt" = now() WHERE id = $1`, [id]);
}

interface NewAuthSession {
  id: string;
  userId: string;
  userAgent: string | null;
  lifetimeSeconds: number;
}

/** Records a sign-in. */
export async function createAuthSession(session: NewAuthSession): Promise<void> {
  await database().pool.query(
    `INSERT INTO "AuthSession" (id, "userId", "userAgent", "expiresAt")
     VALUES ($1, $2, $3, now() + make_interval(secs => $4))`,
    [session.id, session.userId, session.userAgent, session.lifetimeSeconds],
  );
}

/** A sign-in as its owner sees it in a list. */
export interface AuthSessionRecord {
  id: string;
  userAgent: string | null;
  createdAt: Date;
  lastSeenAt: Date;
}

/** Lists a user's own sign-ins that still count, the last used first. */
export async function listAuthSessions(userId: string): Promise<AuthSessionRecord[]> {
  const { rows } = await database().pool.query<AuthSessionRecord>(
    `SELECT id, "userAgent", "createdAt", "lastSeenAt" FROM "AuthSession"
     WHERE "userId" = $1 AND "revokedAt" IS NULL AND "expiresAt" > now()
     ORDER BY "lastSeenAt" DESC, id`,
    [userId],
  );
  return rows;
}

/**
 * Ends one sign-in of the user (`only`), or all of them but `except`; returns how many were ended.
 * An audit row goes to each organization of the user.
 */
export async function revokeAuthSessions(
  userId: string,
  which: { only: string } | { except: string | null },
): Promise<number> {
  const only = "only" in which ? which.only : null;
  const except = "except" in which ? which.except : null;
  const { rows } = await database().pool.query<{ count: number }>(
    `WITH ended AS (
       UPDATE "AuthSession" SET "revokedAt" = now()
       WHERE "userId" = $1 AND "revokedAt" IS NULL AND "expiresAt" > now()
         AND ($2::text IS NULL OR id = $2) AND ($3::text IS NULL OR id <> $3)
       RETURNING id),
     audit AS (
       INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)
       SELECT m."organizationId", 'user', $1, 'sign_in.revoked', 'user', $1,
              jsonb_build_object('count', (SELECT count(*) FROM ended))
       FROM "Membership" m WHERE m."userId" = $1 AND EXISTS (SELECT 1 FROM ended))
     SELECT count(*)::int AS count FROM ended`,
    [userId, only, except],
  );
  return rows[0]?.count ?? 0;
}
