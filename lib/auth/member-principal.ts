import type { Principal } from "#lib/core/principal.ts";
import { findMembership } from "#lib/db/memberships.ts";
import { roleScopes } from "./role-scopes.ts";

/** Returns a user as the principal of an organization (by slug), or null when they are no member of it. */
export async function memberPrincipal(userId: string, organizationSlug: string): Promise<Principal | null> {
  const membership = await findMembership(userId, organizationSlug);
  if (membership === null) return null;
  return {
    kind: "user",
    id: userId,
    organizationId: membership.organizationId,
    organizationSlug,
    subject: userId,
    scopes: roleScopes(membership.role),
    role: membership.role,
    sessionId: null,
  };
}
