import { requireRole } from "#lib/auth/require-role.ts";
import { AppError } from "#lib/core/app-error.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import { revokeInvitation as revokeStored } from "#lib/db/invitations.ts";

/** Closes an open invitation. Throws `not_found` when there is none of this id in the organization. */
export async function revokeInvitation(principal: Principal, invitationId: string): Promise<void> {
  requireRole(principal, ["owner", "admin"]);
  if (await revokeStored(scopeOf(principal), invitationId)) return;
  throw new AppError("not_found", "This invitation is no longer open.");
}
