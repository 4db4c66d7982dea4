import { z } from "zod";
import { hashInvitationSecret, newInvitationSecret } from "#lib/auth/invitation-secret.ts";
import { mayChangeMember } from "#lib/auth/may-change-member.ts";
import { requireRole } from "#lib/auth/require-role.ts";
import { emailSchema } from "#lib/core/account.ts";
import { AppError } from "#lib/core/app-error.ts";
import { prefixedId } from "#lib/core/ids.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import { roleSchema } from "#lib/core/role.ts";
import { createInvitation, type InvitationRecord } from "#lib/db/invitations.ts";

const LIFETIME_SECONDS = 7 * 24 * 60 * 60;

/** Whom to invite: as what, and for which e-mail address alone (empty: whoever has the link). */
export const invitationSchema = z.object({
  email: z.union([z.literal("").transform(() => null), emailSchema]),
  role: roleSchema,
});

/**
 * Opens an invitation for 7 days and returns it with the secret of its link, which is shown once and kept nowhere.
 * Owners and admins may; only owners may invite owners.
 */
export async function inviteMember(
  principal: Principal,
  input: z.output<typeof invitationSchema>,
): Promise<{ invitation: InvitationRecord; secret: string }> {
  requireRole(principal, ["owner", "admin"]);
  if (!mayChangeMember(principal.role, false, "member", input.role)) {
    throw new AppError("forbidden", "Only owners may invite an owner.");
  }
  const secret = newInvitationSecret();
  const invitation = await createInvitation(scopeOf(principal), {
    id: prefixedId("invitation", crypto.randomUUID()),
    email: input.email,
    role: input.role,
    tokenHash: hashInvitationSecret(secret),
    createdByUserId: principal.id,
    lifetimeSeconds: LIFETIME_SECONDS,
  });
  return { invitation, secret };
}
