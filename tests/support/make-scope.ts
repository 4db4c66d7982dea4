import { randomUUID } from "node:crypto";
import { prefixedId } from "#lib/core/ids.ts";
import type { Scope } from "#lib/core/scope.ts";
import { database } from "#lib/db/database.ts";

interface MakeScopeOptions {
  /** Whose rows; null (the default) sees every subject's. */
  subject?: string | null;
  /** An organization made before, for a second subject in it; else a new one is made. */
  organizationId?: string;
  /** The new organization's slug; else one of its own. */
  slug?: string;
}

/** Makes an organization in the test's database and the scope of somebody in it. */
export async function makeScope(options: MakeScopeOptions = {}): Promise<Scope> {
  const uuid = randomUUID();
  const organizationId = options.organizationId ?? prefixedId("organization", uuid);
  if (options.organizationId === undefined) {
    await database().pool.query(
      `INSERT INTO "Organization" ("id", "slug", "name", "updatedAt") VALUES ($1, $2, $3, now())`,
      [organizationId, options.slug ?? `test-${uuid.slice(0, 8)}`, "Test organization"],
    );
  }
  return { organizationId, subject: options.subject ?? null, actor: { kind: "system", id: "test" } };
}
