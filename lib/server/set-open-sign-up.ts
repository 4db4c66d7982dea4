import { requireRole } from "#lib/auth/require-role.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import { setSetting } from "#lib/db/settings.ts";

/** Lets anybody who reaches the server make a member's account, or nobody without an invitation. */
export async function setOpenSignUp(principal: Principal, isOpen: boolean): Promise<void> {
  requireRole(principal, ["owner", "admin"]);
  await setSetting(scopeOf(principal), "open_sign_up", isOpen);
}
