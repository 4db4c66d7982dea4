import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { PATH_HEADER } from "#lib/core/path-header.ts";
import type { Principal } from "#lib/core/principal.ts";
import { listMemberships, type MembershipRecord } from "#lib/db/memberships.ts";
import { findUserById } from "#lib/db/users.ts";
import { liveSignIn } from "./live-sign-in.ts";
import { roleScopes } from "./role-scopes.ts";
import { safePath } from "./safe-path.ts";
import { sessionCookie } from "./session-cookie.ts";

/** Who is signed in, for the pages. */
export interface CurrentUser {
  id: string;
  email: string;
  name: string;
  hasPassword: boolean;
  /** This browser's own sign-in. */
  authSessionId: string;
  /** The oldest membership first; empty for somebody who was removed everywhere. */
  memberships: MembershipRecord[];
}

/** Returns who is signed in, or null. Read once per request, however many components ask. */
export const currentUser = cache(async (): Promise<CurrentUser | null> => {
  const cookie = (await cookies()).get(sessionCookie().name);
  const signIn = cookie === undefined ? null : await liveSignIn(cookie.value);
  if (signIn === null) return null;
  const [user, memberships] = await Promise.all([
    findUserById(signIn.userId),
    listMemberships(signIn.userId),
  ]);
  if (user === null) return null;
  const { id, email, name, passwordHash } = user;
  const { authSessionId } = signIn;
  return { id, email, name, hasPassword: passwordHash !== null, authSessionId, memberships };
});

/** Returns the signed-in user as a principal of the organization, or null when signed out or no member. */
export async function currentPrincipal(organizationSlug: string): Promise<Principal | null> {
  const user = await currentUser();
  const membership = user?.memberships.find((each) => each.organizationSlug === organizationSlug);
  if (user === null || membership === undefined) return null;
  return {
    kind: "user",
    id: user.id,
    organizationId: membership.organizationId,
    organizationSlug,
    subject: user.id,
    scopes: roleScopes(membership.role),
    role: membership.role,
    sessionId: null,
  };
}

/**
 * The same for a page that needs one: a signed-out visitor goes to the sign-in page, which leads back to this one; for
 * a stranger the page does not exist.
 */
export async function requirePrincipal(organizationSlug: string): Promise<Principal> {
  const principal = await currentPrincipal(organizationSlug);
  if (principal !== null) return principal;
  if ((await currentUser()) !== null) notFound();
  const next = safePath((await headers()).get(PATH_HEADER));
  redirect(`/sign-in?next=${encodeURIComponent(next)}`);
}
