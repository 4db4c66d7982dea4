import { mayChangeMember } from "#lib/auth/may-change-member.ts";
import { requireRole } from "#lib/auth/require-role.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import { changeMember } from "#lib/db/members.ts";

/** Removes a member, or oneself. Throws `forbidden`, `not_found`, or `conflict` for the last owner. */
export async function removeMember(principal: Principal, userId: string): Promise<void> {
  requireRole(principal, ["owner", "admin", "member"]);
  await changeMember(scopeOf(principal), userId, null, (from, to) =>
    mayChangeMember(principal.role, principal.id === userId, from, to),
  );
}
