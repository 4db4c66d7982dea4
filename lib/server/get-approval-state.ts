import { AppError } from "#lib/core/app-error.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import type { RequirementState } from "#lib/core/requirement-state.ts";
import { deciderOf } from "./decider.ts";
import { memberNames } from "./member-names.ts";
import { requireApproval } from "./require-approval.ts";
import { requirementStateOf } from "./requirement-state-of.ts";

/** One approval with all that a person needs to decide; null when the caller may see none of this id. */
export async function getApprovalState(principal: Principal, id: string): Promise<RequirementState | null> {
  try {
    const [approval, names] = await Promise.all([
      requireApproval(principal, id),
      memberNames(scopeOf(principal)),
    ]);
    return requirementStateOf(approval, approval.question, deciderOf(principal), names);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}
