import { type AuthSessionRecord, listAuthSessions } from "#lib/db/auth-sessions.ts";

/** Lists a user's own sign-ins, the last used first; `isCurrent` marks the one that asks. */
export async function listSignIns(user: {
  id: string;
  authSessionId: string;
}): Promise<(AuthSessionRecord & { isCurrent: boolean })[]> {
  const rows = await listAuthSessions(user.id);
  return rows.map((row) => ({ ...row, isCurrent: row.id === user.authSessionId }));
}
