import type { ApprovalPolicy } from "#lib/core/approval-policy.ts";
import { formatDuration } from "#lib/core/format-duration.ts";

const DAY_SECONDS = 86_400;

type Described = Pick<
  ApprovalPolicy,
  | "approver_roles"
  | "approver_scopes"
  | "approvals_required"
  | "requester_may_decide"
  | "expires_after_seconds"
  | "on_expiry"
>;

/** Who decides under a policy, and what becomes of what nobody decides about. */
export function policySentence(policy: Described): string {
  const who = [...policy.approver_roles.map((role) => `${role}s`), ...policy.approver_scopes].join(", ");
  const people = who === "" ? "approver" : `of ${who}`;
  const count = policy.approvals_required > 1 ? "Two" : "One";
  const noun = who === "" && policy.approvals_required > 1 ? "approvers" : people;
  const own = policy.requester_may_decide ? "" : ", not who asked";
  const { expires_after_seconds: seconds } = policy;
  const end =
    seconds === null
      ? "It waits without limit."
      : `After ${span(seconds)} ${policy.on_expiry === "end" ? "the run ends" : "it is denied"}.`;
  return `${count} ${noun}${own}. ${end}`;
}

function span(seconds: number): string {
  const days = seconds / DAY_SECONDS;
  if (!Number.isInteger(days)) return formatDuration(seconds * 1_000);
  return days === 1 ? "a day" : `${days} days`;
}
