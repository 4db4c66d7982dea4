import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import { type ApprovalPolicyRecord, findApprovalPolicy } from "#lib/db/approval-policies.ts";

/** One policy of the caller's organization. Throws not_found. */
export async function requireApprovalPolicy(scope: Scope, id: string): Promise<ApprovalPolicyRecord> {
  const record = await findApprovalPolicy(scope, id);
  if (record === null) throw new AppError("not_found", "Approval policy not found");
  return record;
}
