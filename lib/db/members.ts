import type { PoolClient } from "pg";
import { AppError } from "../core/app-error.ts";
import type { Role } from "../core/principal.ts";
import type { Scope } from "../core/scope.ts";
import { database } from "./database.ts";
import { insertAuditEntry } from "./insert-audit-entry.ts";
import { transaction } from "./transaction.ts";

/** Somebody who belongs to the organization. */
export interface MemberRecord {
  userId: string;
  name: string;
  email: string;
  role: Role;
  joinedAt: Date;
}

/** Lists the organization's members: owners, admins, members, each by name. */
export async function listMembers(scope: Scope): Promise<MemberRecord[]> {
  const { rows } = await database().pool.query<MemberRecord>(
    `SELECT m."userId", u.name, u.email, m.role, m."createdAt" AS "joinedAt"
     FROM "Membership" m JOIN "User" u ON u.id = m."userId"
     WHERE m."organizationId" = $1
     ORDER BY array_position(ARRAY['owner', 'admin', 'member'], m.role), lower(u.name), u.id`,
    [scope.organizationId],
  );
  return rows;
}

/** Whether the caller may turn one role into another (null: into no member at all). */
type MayChange = (from: Role, to: Role | null) => boolean;

/**
 * Gives a member another role, or with `role` null removes them, in one transaction with the audit row. The roles are
 * read under a lock that all such changes take, so two owners cannot demote each other at once.
 * Throws `not_found` for no member, `forbidden` when `mayChange` says no, `conflict` for the last owner.
 */
export async function changeMember(
  scope: Scope,
  userId: string,
  role: Role | null,
  mayChange: MayChange,
): Promise<void> {
  await transaction(async (client) => {
    const roles = await lockedRoles(client, scope);
    const from = roles.get(userId);
    if (from === undefined) throw new AppError("not_found", "This person is no member of the organization.");
    if (!mayChange(from, role)) throw new AppError("forbidden", "Your role does not allow this change.");
    const owners = [...roles.values()].filter((each) => each === "owner").length;
    if (from === "owner" && role !== "owner" && owners === 1) {
      throw new AppError("conflict", "The last owner stays. Make somebody else an owner first.");
    }
    if (from === role) return;
    const key = [scope.organizationId, userId];
    if (role === null) {
      await client.query(`DELETE FROM "Membership" WHERE "organizationId" = $1 AND "userId" = $2`, key);
    } else {
      await client.query(`UPDATE "Membership" SET role = $3 WHERE "organizationId" = $1 AND "userId" = $2`, [
        ...key,
        role,
      ]);
    }
    await insertAuditEntry(client, scope, {
      action: role === null ? "member.removed" : "member.role_changed",
      targetType: "user",
      targetId: userId,
      details: role === null ? { from } : { from, to: role },
    });
  });
}

async function lockedRoles(client: PoolClient, scope: Scope): Promise<Map<string, Role>> {
  await client.query(`SELECT 1 FROM "Organization" WHERE id = $1 FOR NO KEY UPDATE`, [scope.organizationId]);
  const { rows } = await client.query<{ userId: string; role: Role }>(
    `SELECT "userId", role FROM "Membership" WHERE "organizationId" = $1`,
    [scope.organizationId],
  );
  return new Map(rows.map(({ userId, role }) => [userId, role]));
}
