import { resolveApprovalContract } from "#lib/api/contracts/approval.ts";
import { route } from "#lib/api/route.ts";
import { resolveApproval } from "#lib/server/resolve-approval.ts";

export const POST = route(resolveApprovalContract, ({ principal, params, body }) =>
  resolveApproval(principal, params.approval_id, body),
);
