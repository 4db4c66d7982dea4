import { revokeAuthSessions } from "#lib/db/auth-sessions.ts";

/** Ends all of the user's sign-ins, on every device, this one included; returns how many there were. */
export async function signOutEverywhere(user: { id: string }): Promise<number> {
  return revokeAuthSessions(user.id, { except: null });
}
