import type { Role } from "../core/principal.ts";
import { database } from "./database.ts";

/** A user's place in an organization. */
export interface MembershipRecord {
  organizationId: string;
  organizationSlug: string;
  organizationName: string;
  role: Role;
}

const COLUMNS = `m."organizationId", o.slug AS "organizationSlug", o.name AS "organizationName", m.role`;

/** Returns the user's membership of the organization with this slug, or null. Establishes a caller's tenant. */
export async function findMembership(
  userId: string,
  organizationSlug: string,
): Promise<MembershipRecord | null> {
  const { rows } = await database().pool.query<MembershipRecord>(
    `SELECT ${COLUMNS} FROM "Membership" m JOIN "Organization" o ON o.id = m."organizationId"
     WHERE m."userId" = $1 AND o.slug = $2`,
    [userId, organizationSlug],
  );
  return rows[0] ?? null;
}

/** Lists the organizations that a user belongs to, the oldest membership first. */
export async function listMemberships(userId: string): Promise<MembershipRecord[]> {
  const { rows } = await database().pool.query<MembershipRecord>(
    `SELECT ${COLUMNS} FROM "Membership" m JOIN "Organization" o ON o.id = m."organizationId"
     WHERE m."userId" = $1 ORDER BY m."createdAt", o.slug`,
    [userId],
  );
  return rows;
}
