import { type ApiConnection, apiRequest } from "#lib/client/api-request.ts";
import { approvalResolution } from "#lib/core/approval-resolution.ts";
import type { Decision } from "#lib/core/decision.ts";

/** Decides about an approval. Throws ApiError: 409 when somebody was faster, 403, 422. */
export async function resolveApproval(api: ApiConnection, id: string, decision: Decision): Promise<void> {
  await apiRequest(api, {
    method: "POST",
    path: `/approvals/${encodeURIComponent(id)}/resolve`,
    json: approvalResolution(decision),
  });
}
