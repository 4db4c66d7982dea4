import { database } from "./database.ts";

/** A tenant. */
export interface OrganizationRecord {
  id: string;
  slug: string;
  name: string;
}

/** Returns the organization of a slug, or null. Establishes a tenant, hence without a scope. */
export async function findOrganizationBySlug(slug: string): Promise<OrganizationRecord | null> {
  const { rows } = await database().pool.query<OrganizationRecord>(
    `SELECT id, slug, name FROM "Organization" WHERE slug = $1`,
    [slug],
  );
  return rows[0] ?? null;
}

/** Returns an organization by its id, or null. For parts of ours that act for it. */
export async function findOrganization(id: string): Promise<OrganizationRecord | null> {
  const { rows } = await database().pool.query<OrganizationRecord>(
    `SELECT id, slug, name FROM "Organization" WHERE id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/** Returns the organization that exists from the first start, the oldest, or null before that. */
export async function findFirstOrganization(): Promise<OrganizationRecord | null> {
  const { rows } = await database().pool.query<OrganizationRecord>(
    `SELECT id, slug, name FROM "Organization" ORDER BY "createdAt", id LIMIT 1`,
  );
  return rows[0] ?? null;
}

/** Makes the organization where there is none at all; two processes that start at once make one. */
export async function createFirstOrganization(organization: OrganizationRecord): Promise<void> {
  await database().pool.query(
    `INSERT INTO "Organization" (id, slug, name, "updatedAt")
     SELECT $1, $2, $3, now() WHERE NOT EXISTS (SELECT 1 FROM "Organization")
     ON CONFLICT (slug) DO NOTHING`,
    [organization.id, organization.slug, organization.name],
  );
}
