import { expect, it } from "vitest";
import { policySentence } from "./policy-sentence.ts";

it("says who decides and what time does", () => {
  const policy = {
    approver_roles: [],
    approver_scopes: [],
    approvals_required: 1,
    requester_may_decide: false,
    expires_after_seconds: 5_400,
    on_expiry: "deny",
  } as const;
  expect(policySentence({ ...policy, approver_roles: [], approver_scopes: [] })).toBe(
    "One approver, not who asked. After 1 h 30 min it is denied.",
  );
  expect(
    policySentence({
      ...policy,
      approver_roles: ["owner", "admin"],
      approver_scopes: [],
      approvals_required: 2,
      requester_may_decide: true,
      expires_after_seconds: null,
    }),
  ).toBe("Two of owners, admins. It waits without limit.");
});
