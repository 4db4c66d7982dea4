import { findLiveAuthSession, touchAuthSession } from "#lib/db/auth-sessions.ts";
import { decodeSessionToken, type SessionToken } from "./session-token.ts";

const SEEN_EVERY_MS = 5 * 60_000;

/**
 * Returns whose sign-in a cookie's value is, or null when it was signed out, revoked or has expired, or the user was
 * disabled. The row is asked each time, so that a revocation counts at once on every replica.
 */
export async function liveSignIn(cookieValue: string): Promise<SessionToken | null> {
  const token = await decodeSessionToken(cookieValue);
  if (token === null) return null;
  const row = await findLiveAuthSession(token.authSessionId);
  if (row === null || row.userId !== token.userId) return null;
  if (Date.now() - row.lastSeenAt.getTime() > SEEN_EVERY_MS) await touchAuthSession(token.authSessionId);
  return token;
}
