import { AppError } from "#lib/core/app-error.ts";
import type { RequirementRecord } from "#lib/db/requirements.ts";
import type { Decider } from "./decider.ts";

/**
 * Why somebody may not decide about a requirement in this way; null when they may. A call that takes an approval takes
 * somebody who may write approvals and is one of the policy's people; who asked for it approves it only where the
 * policy lets them.
 */
export function refuseToDecide(
  decider: Decider,
  requirement: Pick<RequirementRecord, "kind" | "approvalType" | "rule" | "subject">,
  outcome: "approved" | "rejected",
): AppError | null {
  if (requirement.approvalType !== "required") return null;
  if (!decider.holds("approvals:write")) {
    return new AppError("forbidden", "This run requires admin approval before it can be continued");
  }
  const { rule, subject } = requirement;
  if (rule === null) return null;
  if (!isOneOf(decider, rule.approverRoles, rule.approverScopes)) {
    if (requirement.kind === "budget") {
      return new AppError("forbidden", "An owner or an admin decides whether this run gets more money.");
    }
    return new AppError(
      "forbidden",
      `The policy "${rule.name}" says who decides about this call, and you are none of them.`,
    );
  }
  if (outcome === "approved" && !rule.requesterMayDecide && decider.subject === subject) {
    return new AppError(
      "forbidden",
      `The policy "${rule.name}" wants somebody else to approve this call than who asked for it.`,
    );
  }
  return null;
}

function isOneOf(decider: Decider, roles: readonly string[], scopes: readonly string[]): boolean {
  if (roles.length === 0 && scopes.length === 0) return true;
  if (decider.role !== null && roles.includes(decider.role)) return true;
  return scopes.some((scope) => decider.holds(scope));
}
