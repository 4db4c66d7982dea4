import { AppError } from "#lib/core/app-error.ts";
import type { Principal, Role } from "#lib/core/principal.ts";

/** Throws `forbidden` unless the caller is a signed-in user with one of the roles. */
export function requireRole(principal: Principal, roles: readonly Role[]): void {
  if (principal.kind === "user" && principal.role !== null && roles.includes(principal.role)) return;
  const needed = roles.map((role) => (role === "member" ? "member" : `${role}s`)).join(" and ");
  throw new AppError("forbidden", `Only ${needed} of the organization may do this.`);
}
