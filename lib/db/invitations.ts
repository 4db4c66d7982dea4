import type { Role } from "../core/principal.ts";
import type { Scope } from "../core/scope.ts";
import { AppError } from "../core/app-error.ts";
import { database } from "./database.ts";
import { insertAuditEntry } from "./insert-audit-entry.ts";
import { type NewMembership, takeInvitation } from "./take-invitation.ts";
import { transaction } from "./transaction.ts";

/** An invitation that may still be accepted. Its secret is known to nobody but whoever holds the link. */
export interface InvitationRecord {
  id: string;
  email: string | null;
  role: Role;
  createdAt: Date;
  expiresAt: Date;
}

interface NewInvitation {
  id: string;
  email: string | null;
  role: Role;
  /** SHA-256 of the link's secret, lower-case hex. */
  tokenHash: string;
  createdByUserId: string;
  lifetimeSeconds: number;
}

const OPEN = `i."acceptedAt" IS NULL AND i."revokedAt" IS NULL AND i."expiresAt" > now()`;

/** Keeps an invitation, with its audit row. */
export async function createInvitation(scope: Scope, invitation: NewInvitation): Promise<InvitationRecord> {
  return transaction(async (client) => {
    const { rows } = await client.query<InvitationRecord>(
      `INSERT INTO "Invitation"
         ("organizationId", id, email, role, "tokenHash", "createdByUserId", "expiresAt")
       VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7))
       RETURNING id, email, role, "createdAt", "expiresAt"`,
      [
        scope.organizationId,
        invitation.id,
        invitation.email,
        invitation.role,
        invitation.tokenHash,
        invitation.createdByUserId,
        invitation.lifetimeSeconds,
      ],
    );
    const [created] = rows;
    if (created === undefined) throw new Error("The database returned no row for an insert");
    await insertAuditEntry(client, scope, {
      action: "invitation.created",
      targetType: "invitation",
      targetId: created.id,
      details: { role: created.role, email: created.email },
    });
    return created;
  });
}

/** Lists the invitations that may still be accepted, the newest first. */
export async function listInvitations(scope: Scope): Promise<InvitationRecord[]> {
  const { rows } = await database().pool.query<InvitationRecord>(
    `SELECT i.id, i.email, i.role, i."createdAt", i."expiresAt" FROM "Invitation" i
     WHERE i."organizationId" = $1 AND ${OPEN} ORDER BY i."createdAt" DESC, i.id`,
    [scope.organizationId],
  );
  return rows;
}

/** Closes an invitation, with its audit row; false when the organization has no open one of this id. */
export async function revokeInvitation(scope: Scope, id: string): Promise<boolean> {
  const { rows } = await database().pool.query(
    `WITH i AS (
       UPDATE "Invitation" i SET "revokedAt" = now()
       WHERE i."organizationId" = $1 AND i.id = $2 AND ${OPEN} RETURNING i.id)
     INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId")
     SELECT $1, $3, $4, 'invitation.revoked', 'invitation', id FROM i RETURNING 1`,
    [scope.organizationId, id, scope.actor.kind, scope.actor.id],
  );
  return rows.length > 0;
}

/** What the holder of an invitation's link may see of it. */
export interface InvitationOffer {
  organizationName: string;
  organizationSlug: string;
  role: Role;
  email: string | null;
}

/** Returns the open invitation of a link's secret (its hash), or null. The secret itself is the right to see it. */
export async function findInvitationOffer(tokenHash: string): Promise<InvitationOffer | null> {
  const { rows } = await database().pool.query<InvitationOffer>(
    `SELECT o.name AS "organizationName", o.slug AS "organizationSlug", i.role, i.email
     FROM "Invitation" i JOIN "Organization" o ON o.id = i."organizationId"
     WHERE i."tokenHash" = $1 AND ${OPEN}`,
    [tokenHash],
  );
  return rows[0] ?? null;
}

/**
 * Makes an existing user a member by an invitation, in one transaction with its audit row. Throws as `takeInvitation`,
 * and `conflict` for somebody who is a member already (the invitation stays open).
 */
export async function acceptInvitation(
  user: { id: string; email: string },
  tokenHash: string,
): Promise<NewMembership> {
  return transaction(async (client) => {
    const membership = await takeInvitation(client, tokenHash, { userId: user.id, email: user.email });
    const joined = await client.query(
      `INSERT INTO "Membership" ("organizationId", "userId", role) VALUES ($1, $2, $3)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [membership.organizationId, user.id, membership.role],
    );
    if (joined.rows.length === 0) {
      throw new AppError("conflict", "You are a member of this organization already.");
    }
    await insertAuditEntry(
      client,
      { organizationId: membership.organizationId, actor: { kind: "user", id: user.id } },
      {
        action: "member.joined",
        targetType: "user",
        targetId: user.id,
        details: { role: membership.role, by: "invitation" },
      },
    );
    return membership;
  });
}
