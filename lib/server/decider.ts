import { can } from "#lib/auth/can.ts";
import type { Principal } from "#lib/core/principal.ts";

/** Who decides about what a run waits for. */
export interface Decider {
  /** The wire's name of them. */
  name: string;
  /** Whose own runs theirs are. */
  subject: string | null;
  role: Principal["role"];
  holds(scope: string): boolean;
}

/** A caller as somebody who decides. */
export function deciderOf(principal: Principal): Decider {
  const { subject, id, role } = principal;
  return { name: subject ?? id, subject, role, holds: (scope) => can(principal, { scope }, {}) };
}
