import type { ApprovalStatus } from "#lib/core/approval.ts";
import type { RequirementRecord } from "#lib/db/requirements.ts";

/** How an approval stands, in the wire's words. */
export function approvalStatus({
  status,
  outcome,
}: Pick<RequirementRecord, "status" | "outcome">): ApprovalStatus {
  switch (status) {
    case "open":
      return "pending";
    case "settled":
      return outcome === "approved" ? "approved" : "rejected";
    case "expired":
    case "cancelled":
      return status;
  }
}
