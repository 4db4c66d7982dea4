import { hashInvitationSecret } from "#lib/auth/invitation-secret.ts";
import { acceptInvitation as acceptStored } from "#lib/db/invitations.ts";

/** Makes a signed-in user a member by the secret of an invitation's link; returns the organization's slug. */
export async function acceptInvitation(
  user: { id: string; email: string },
  secret: string,
): Promise<{ organizationSlug: string }> {
  return acceptStored(user, hashInvitationSecret(secret));
}
