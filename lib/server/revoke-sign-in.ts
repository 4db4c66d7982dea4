import { AppError } from "#lib/core/app-error.ts";
import { revokeAuthSessions } from "#lib/db/auth-sessions.ts";

/** Ends one of the user's own sign-ins at once. Throws `not_found` when they have none of this id. */
export async function revokeSignIn(user: { id: string }, authSessionId: string): Promise<void> {
  if ((await revokeAuthSessions(user.id, { only: authSessionId })) > 0) return;
  throw new AppError("not_found", "This sign-in has ended already.");
}
