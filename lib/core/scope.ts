/** Who is acting, for the audit trail. `id` is a user id, a token id, a JWT's `sub`, or the name of a part of ours. */
export interface Actor {
  kind: "user" | "token" | "jwt" | "system";
  id: string;
}

/**
 * Whose rows a call may touch; the first argument of every store function.
 * `subject` null means every subject of the organization (administrators and the system itself);
 * a string limits sessions, runs and notes to that subject's own.
 */
export interface Scope {
  organizationId: string;
  subject: string | null;
  actor: Actor;
}
