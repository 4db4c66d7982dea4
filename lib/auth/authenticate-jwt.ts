import { AppError } from "#lib/core/app-error.ts";
import type { Principal } from "#lib/core/principal.ts";
import { processSingleton } from "#lib/core/process-singleton.ts";
import { database } from "#lib/db/database.ts";
import { findOrganizationBySlug } from "#lib/db/organizations.ts";
import { environment } from "#lib/env.ts";
import { jwtKey } from "./jwt-key.ts";
import { verifiedClaims } from "./verified-claims.ts";
import { verifyJwt } from "./verify-jwt.ts";

/**
 * Turns a JWT into a principal of the organization JWT_ORGANIZATION. Throws AppError `unauthenticated`, or
 * `unavailable` when that organization does not exist.
 */
export async function authenticateJwt(token: string): Promise<Principal> {
  const { AGENTOS_ID, JWT_ORGANIZATION } = environment();
  const claims = await verifiedClaims(token, async () => verifyJwt(token, await jwtKey(), AGENTOS_ID));
  return {
    kind: "jwt",
    id: claims.subject ?? "administrator",
    organizationId: await organizationId(JWT_ORGANIZATION),
    organizationSlug: JWT_ORGANIZATION,
    subject: claims.subject,
    scopes: claims.scopes,
    role: null,
    sessionId: claims.sessionId,
  };
}

/** An organization's id never changes, so one look per open database is enough. */
async function organizationId(slug: string): Promise<string> {
  const known = processSingleton("jwt-organization-ids", () => new WeakMap<object, Map<string, string>>());
  const { pool } = database();
  const ids = known.get(pool) ?? new Map<string, string>();
  known.set(pool, ids);
  const id = ids.get(slug) ?? (await findOrganizationBySlug(slug))?.id;
  if (id === undefined) {
    throw new AppError(
      "unavailable",
      "The organization that tokens belong to does not exist. Set JWT_ORGANIZATION to an organization's slug.",
    );
  }
  ids.set(slug, id);
  return id;
}
