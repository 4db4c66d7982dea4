import { prefixedId } from "#lib/core/ids.ts";
import { storableText } from "#lib/core/storable-json.ts";
import { createAuthSession } from "#lib/db/auth-sessions.ts";
import { SIGN_IN_SECONDS, type SessionToken } from "./session-token.ts";

/** Records a new sign-in of the user on a device and returns what its cookie says. */
export async function openSignIn(userId: string, userAgent: string | null): Promise<SessionToken> {
  const authSessionId = prefixedId("authSession", crypto.randomUUID());
  await createAuthSession({
    id: authSessionId,
    userId,
    userAgent: userAgent === null ? null : storableText(userAgent).slice(0, 400),
    lifetimeSeconds: SIGN_IN_SECONDS,
  });
  return { userId, authSessionId };
}
