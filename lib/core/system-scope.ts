import type { Scope } from "./scope.ts";

/** The scope of a part of ours that acts for everybody in an organization; `part` names it in the audit trail. */
export function systemScope(organizationId: string, part: string): Scope {
  return { organizationId, subject: null, actor: { kind: "system", id: part } };
}
