import { can } from "#lib/auth/can.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import type { Scope } from "#lib/core/scope.ts";

/** The approvals that a caller may see: everybody's for one who may write approvals, else their own runs'. */
export function approvalScope(principal: Principal): Scope {
  const scope = scopeOf(principal);
  return can(principal, { scope: "approvals:write" }, {}) ? { ...scope, subject: null } : scope;
}
