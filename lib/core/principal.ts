import type { Actor, Scope } from "./scope.ts";

/** What a member of an organization may do in the console. */
export type Role = "owner" | "admin" | "member";

/**
 * Who is calling, as established at the door.
 * `subject` is the wire's `user_id` of this caller; null only for an administrator's credential without one.
 * `scopes` follow the AgentOS grammar: `resource:action`, `resource:<id>:action`, `agent_os:admin`.
 * `sessionId` is set when the credential is bound to one session.
 */
export interface Principal {
  kind: "user" | "token" | "jwt" | "system";
  /** The user's, token's or JWT subject's id, for audit rows. */
  id: string;
  organizationId: string;
  organizationSlug: string;
  subject: string | null;
  scopes: readonly string[];
  role: Role | null;
  sessionId: string | null;
}

/** The scope that means everything. */
export const ADMIN_SCOPE = "agent_os:admin";

/** True for callers who see every subject of their organization. */
export function isAdministrator(principal: Principal): boolean {
  return principal.scopes.includes(ADMIN_SCOPE);
}

/** Who did it, for audit rows. */
function actorOf(principal: Principal): Actor {
  return { kind: principal.kind, id: principal.id };
}

/** The rows this caller may read: their own, or everyone's for an administrator. */
export function scopeOf(principal: Principal): Scope {
  return {
    organizationId: principal.organizationId,
    subject: isAdministrator(principal) ? null : principal.subject,
    actor: actorOf(principal),
  };
}
