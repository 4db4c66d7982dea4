import { randomUUID } from "node:crypto";
import { roleScopes } from "#lib/auth/role-scopes.ts";
import { prefixedId } from "#lib/core/ids.ts";
import type { Principal, Role } from "#lib/core/principal.ts";
import { database } from "#lib/db/database.ts";

interface MakeUserOptions {
  /** Of the password that the user signs in with, if any. */
  passwordHash?: string;
  email?: string;
}

/** Makes a user and a membership in the test's database and returns who they are there. */
export async function makeUser(
  organizationId: string,
  role: Role,
  options: MakeUserOptions = {},
): Promise<Principal & { email: string }> {
  const id = prefixedId("user", randomUUID());
  const email = options.email ?? `${id}@example.com`;
  const { pool } = database();
  await pool.query(
    `INSERT INTO "User" (id, email, name, "passwordHash", "updatedAt") VALUES ($1, $2, $3, $4, now())`,
    [id, email, `Test ${role}`, options.passwordHash ?? null],
  );
  await pool.query(`INSERT INTO "Membership" ("organizationId", "userId", role) VALUES ($1, $2, $3)`, [
    organizationId,
    id,
    role,
  ]);
  const { rows } = await pool.query<{ slug: string }>(`SELECT slug FROM "Organization" WHERE id = $1`, [
    organizationId,
  ]);
  return {
    kind: "user",
    id,
    email,
    organizationId,
    organizationSlug: rows[0]?.slug ?? "",
    subject: id,
    scopes: roleScopes(role),
    role,
    sessionId: null,
  };
}
