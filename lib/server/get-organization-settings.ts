import { requireRole } from "#lib/auth/require-role.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import type { Settings } from "#lib/core/setting.ts";
import { getSettings } from "#lib/db/settings.ts";

/** Returns the organization's settings to a member. */
export async function getOrganizationSettings(principal: Principal): Promise<Settings> {
  requireRole(principal, ["owner", "admin", "member"]);
  return getSettings(scopeOf(principal));
}
