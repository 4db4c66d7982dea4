import { randomUUID } from "node:crypto";
import type { ApprovalPolicy, CreateApprovalPolicy } from "#lib/core/approval-policy.ts";
import { prefixedId } from "#lib/core/ids.ts";
import type { Scope } from "#lib/core/scope.ts";
import { insertApprovalPolicy } from "#lib/db/approval-policies.ts";
import { approvalPolicyDefinition } from "./approval-policy-definition.ts";
import { approvalPolicyOnWire } from "./approval-policy-on-wire.ts";
import { forgetApprovalRules } from "./approval-rules.ts";

/** Stores a policy; calls that are asked for from now on go by it. Throws invalid (condition) and conflict (name). */
export async function createApprovalPolicy(
  scope: Scope,
  input: CreateApprovalPolicy,
): Promise<ApprovalPolicy> {
  const definition = approvalPolicyDefinition(input);
  const record = await insertApprovalPolicy(scope, prefixedId("approvalPolicy", randomUUID()), definition);
  forgetApprovalRules(scope);
  return approvalPolicyOnWire(record);
}
