import type { PoolClient } from "pg";
import { AppError } from "../core/app-error.ts";
import { insertAuditEntry } from "./insert-audit-entry.ts";
import { insertLinkedAccount, type LinkedIdentity } from "./linked-accounts.ts";
import { type NewMembership, takeInvitation } from "./take-invitation.ts";
import { transaction } from "./transaction.ts";

/** An account about to be made. `email` is in lower case. */
export interface NewAccount {
  id: string;
  email: string;
  name: string;
  passwordHash: string | null;
  /** The account at another provider that it comes from. */
  link?: LinkedIdentity;
}

/** By which right somebody makes an account. */
export type SignUpDoor = { kind: "first" } | { kind: "open" } | { kind: "invitation"; tokenHash: string };

/**
 * Makes a user and their first membership in one transaction, with audit rows; whether the door is open is decided
 * inside it, so that of two first accounts at once exactly one becomes the owner. Throws `conflict` when the e-mail
 * is taken or the first account exists, `forbidden` when sign-up is closed, `not_found` for a used-up invitation.
 */
export async function createAccount(account: NewAccount, door: SignUpDoor): Promise<NewMembership> {
  return transaction(async (client) => {
    const membership = await enter(client, account, door);
    const made = await client.query(
      `INSERT INTO "User" (id, email, name, "passwordHash", "updatedAt") VALUES ($1, $2, $3, $4, now())
       ON CONFLICT (email) DO NOTHING RETURNING id`,
      [account.id, account.email, account.name, account.passwordHash],
    );
    if (made.rows.length === 0) {
      throw new AppError("conflict", "There is an account with this e-mail already. Sign in instead.");
    }
    await client.query(`INSERT INTO "Membership" ("organizationId", "userId", role) VALUES ($1, $2, $3)`, [
      membership.organizationId,
      account.id,
      membership.role,
    ]);
    if (account.link !== undefined) await insertLinkedAccount(client, account.id, account.link);
    const actor = { kind: "user", id: account.id } as const;
    await insertAuditEntry(
      client,
      { organizationId: membership.organizationId, actor },
      {
        action: "member.joined",
        targetType: "user",
        targetId: account.id,
        details: { role: membership.role, by: door.kind },
      },
    );
    return membership;
  });
}

async function enter(client: PoolClient, account: NewAccount, door: SignUpDoor): Promise<NewMembership> {
  switch (door.kind) {
    case "first": {
      const organization = await lockFirstOrganization(client);
      const { rows } = await client.query(`SELECT 1 FROM "User" LIMIT 1`);
      if (rows.length > 0) {
        throw new AppError(
          "conflict",
          "The first account exists already. Sign in, or ask for an invitation.",
        );
      }
      return { ...organization, role: "owner" };
    }
    case "open": {
      const organization = await lockFirstOrganization(client);
      const { rows } = await client.query(
        `SELECT 1 FROM "Setting" WHERE "organizationId" = $1 AND key = 'open_sign_up' AND value = 'true'`,
        [organization.organizationId],
      );
      if (rows.length === 0) {
        throw new AppError("forbidden", "Sign-up is closed. Ask a member for an invitation.");
      }
      return { ...organization, role: "member" };
    }
    case "invitation":
      return takeInvitation(client, door.tokenHash, { userId: account.id, email: account.email });
  }
}

/** The lock makes accounts of the same door one after the other. */
async function lockFirstOrganization(client: PoolClient): Promise<Omit<NewMembership, "role">> {
  const { rows } = await client.query<Omit<NewMembership, "role">>(
    `SELECT id AS "organizationId", slug AS "organizationSlug" FROM "Organization"
     ORDER BY "createdAt", id LIMIT 1 FOR NO KEY UPDATE`,
  );
  const [organization] = rows;
  if (organization === undefined) throw new Error("The first organization was not made at the start");
  return organization;
}
