import type { Role } from "#lib/core/principal.ts";

/**
 * Whether somebody with the role `actor` may turn a member's role `from` into `to` (null: remove them). Owners may do
 * all; admins all but make or touch owners; everybody may leave.
 */
export function mayChangeMember(actor: Role | null, isSelf: boolean, from: Role, to: Role | null): boolean {
  if (isSelf && to === null) return true;
  switch (actor) {
    case "owner":
      return true;
    case "admin":
      return from !== "owner" && to !== "owner";
    case "member":
    case null:
      return false;
  }
}
