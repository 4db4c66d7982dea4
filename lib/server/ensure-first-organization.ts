import { AppError } from "#lib/core/app-error.ts";
import { prefixedId } from "#lib/core/ids.ts";
import { createFirstOrganization } from "#lib/db/organizations.ts";
import { environment } from "#lib/env.ts";

/**
 * Makes the first organization where there is none. Its slug is JWT_ORGANIZATION (`default`), so that tokens have a
 * home from the first start. Throws an AppError with a sentence for the operator when the slug cannot be one.
 */
export async function ensureFirstOrganization(): Promise<void> {
  const slug = environment().JWT_ORGANIZATION;
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(slug)) {
    throw new AppError("internal", "JWT_ORGANIZATION must be lower-case letters, digits and hyphens.");
  }
  const name = slug === "default" ? "Default" : slug;
  await createFirstOrganization({ id: prefixedId("organization", crypto.randomUUID()), slug, name });
}
