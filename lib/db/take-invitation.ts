import type { PoolClient } from "pg";
import { AppError } from "../core/app-error.ts";
import type { Role } from "../core/principal.ts";

/** What a user gets who joins an organization. */
export interface NewMembership {
  organizationId: string;
  organizationSlug: string;
  role: Role;
}

/**
 * Marks an invitation as accepted by a user, in the caller's transaction, and returns what it gives. The update is the
 * check: of two takers at once one succeeds. Throws `not_found` when it was used, revoked, has expired or never was,
 * and `forbidden` when it is for another e-mail address.
 */
export async function takeInvitation(
  client: PoolClient,
  tokenHash: string,
  taker: { userId: string; email: string },
): Promise<NewMembership> {
  const { rows } = await client.query<NewMembership & { email: string | null }>(
    `UPDATE "Invitation" i SET "acceptedAt" = now(), "acceptedByUserId" = $2
     FROM "Organization" o
     WHERE o.id = i."organizationId" AND i."tokenHash" = $1
       AND i."acceptedAt" IS NULL AND i."revokedAt" IS NULL AND i."expiresAt" > now()
     RETURNING i."organizationId", o.slug AS "organizationSlug", i.role, i.email`,
    [tokenHash, taker.userId],
  );
  const [taken] = rows;
  if (taken === undefined) {
    throw new AppError("not_found", "This invitation was used, revoked or has expired. Ask for a new one.");
  }
  const { email, ...membership } = taken;
  if (email !== null && email !== taker.email) {
    throw new AppError("forbidden", "This invitation is for another e-mail address.");
  }
  return membership;
}
