import { hashInvitationSecret } from "#lib/auth/invitation-secret.ts";
import { findInvitationOffer, type InvitationOffer } from "#lib/db/invitations.ts";

/** Returns what the holder of an invitation's link is offered, or null when it is no longer open. */
export async function findInvitation(secret: string): Promise<InvitationOffer | null> {
  return findInvitationOffer(hashInvitationSecret(secret));
}
