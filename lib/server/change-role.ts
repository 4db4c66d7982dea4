import { mayChangeMember } from "#lib/auth/may-change-member.ts";
import { requireRole } from "#lib/auth/require-role.ts";
import { type Principal, type Role, scopeOf } from "#lib/core/principal.ts";
import { changeMember } from "#lib/db/members.ts";

/** Gives a member another role. Throws `forbidden`, `not_found`, or `conflict` for the last owner. */
export async function changeRole(principal: Principal, userId: string, role: Role): Promise<void> {
  requireRole(principal, ["owner", "admin"]);
  await changeMember(scopeOf(principal), userId, role, (from, to) =>
    mayChangeMember(principal.role, principal.id === userId, from, to),
  );
}
