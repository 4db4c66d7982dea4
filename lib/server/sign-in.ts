import { openSignIn } from "#lib/auth/open-sign-in.ts";
import { encodeSessionToken } from "#lib/auth/session-token.ts";
import { verifyCredentials } from "#lib/auth/verify-credentials.ts";

/** Where a person comes from. */
export interface Visitor {
  /** The network address; empty when unknown. */
  address: string;
  userAgent: string | null;
}

/**
 * Signs a person in by e-mail and password and returns the value of the sign-in cookie. Throws `unauthenticated` with
 * one sentence for all that can be wrong, `rate_limited` after 10 tries in a minute.
 */
export async function signIn(
  credentials: { email: string; password: string },
  visitor: Visitor,
): Promise<string> {
  const user = await verifyCredentials(credentials, visitor.address);
  return encodeSessionToken(await openSignIn(user.id, visitor.userAgent));
}
