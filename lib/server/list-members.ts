import { requireRole } from "#lib/auth/require-role.ts";
import { isAdministrator, type Principal, scopeOf } from "#lib/core/principal.ts";
import { type InvitationRecord, listInvitations } from "#lib/db/invitations.ts";
import { listMembers as listStored, type MemberRecord } from "#lib/db/members.ts";

/** Lists the organization's members, and for owners and admins its open invitations. */
export async function listMembers(
  principal: Principal,
): Promise<{ members: MemberRecord[]; invitations: InvitationRecord[] }> {
  requireRole(principal, ["owner", "admin", "member"]);
  const scope = scopeOf(principal);
  const [members, invitations] = await Promise.all([
    listStored(scope),
    isAdministrator(principal) ? listInvitations(scope) : [],
  ]);
  return { members, invitations };
}
