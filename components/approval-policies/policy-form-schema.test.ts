import { expect, it } from "vitest";
import type { ApprovalPolicy } from "#lib/core/approval-policy.ts";
import { policyFormSchema, policyFormValues } from "./policy-form-schema.ts";

const policy: ApprovalPolicy = {
  id: "pol_1",
  name: "Refunds",
  description: null,
  enabled: true,
  position: 5,
  tool_pattern: "send_*",
  condition: "args.amount > 25",
  effect: "write",
  approver_roles: ["owner"],
  approver_scopes: ["finance:approve"],
  approvals_required: 2,
  requester_may_decide: false,
  expires_after_seconds: 5_400,
  remind_after_seconds: 3_600,
  on_expiry: "end",
  created_at: 0,
  updated_at: null,
};

it("a policy that is opened and saved is the same", () => {
  const { id: _id, created_at: _created, updated_at: _updated, ...body } = policy;
  expect(policyFormSchema.parse(policyFormValues(policy))).toEqual(body);
});

it("says at the control what is wrong", () => {
  const values = { ...policyFormValues(null), tool_pattern: "a b", expires: "-1", remind: "soon" };
  const issues = policyFormSchema.safeParse(values).error?.issues ?? [];
  expect(issues.map(({ path, message }) => [path[0], message])).toEqual([
    ["name", "Fill this in."],
    ["tool_pattern", "Use a tool's name; * stands for any characters, ? for one."],
    ["expires", "From a minute to a year, in whole numbers."],
    ["remind", "From a minute to a year, in whole numbers."],
  ]);
});
