import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import { deleteApprovalPolicy as removePolicy } from "#lib/db/approval-policies.ts";
import { forgetApprovalRules } from "./approval-rules.ts";

/** Deletes a policy; what was asked for under it waits on. Throws not_found. */
export async function deleteApprovalPolicy(scope: Scope, id: string): Promise<void> {
  if (!(await removePolicy(scope, id))) throw new AppError("not_found", "Approval policy not found");
  forgetApprovalRules(scope);
}
