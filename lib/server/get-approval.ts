import type { Approval } from "#lib/core/approval.ts";
import type { Principal } from "#lib/core/principal.ts";
import { approvalOnWire } from "./approval-on-wire.ts";
import { requireApproval } from "./require-approval.ts";

/** One approval that the caller may see. Throws not_found. */
export async function getApproval(principal: Principal, id: string): Promise<Approval> {
  return approvalOnWire(await requireApproval(principal, id));
}
