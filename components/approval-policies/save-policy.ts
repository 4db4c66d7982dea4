import { type ApiConnection, apiRequest } from "#lib/client/api-request.ts";
import type { CreateApprovalPolicy, UpdateApprovalPolicy } from "#lib/core/approval-policy.ts";

const pathOf = (id: string) => `/approval-policies/${encodeURIComponent(id)}`;

/** Makes a policy. */
export async function createPolicy(api: ApiConnection, body: CreateApprovalPolicy): Promise<void> {
  await apiRequest(api, { method: "POST", path: "/approval-policies", json: body });
}

/** Changes a policy; absent fields stay. */
export async function updatePolicy(
  api: ApiConnection,
  id: string,
  body: UpdateApprovalPolicy,
): Promise<void> {
  await apiRequest(api, { method: "PATCH", path: pathOf(id), json: body });
}

/** Deletes a policy. */
export async function deletePolicy(api: ApiConnection, id: string): Promise<void> {
  await apiRequest(api, { method: "DELETE", path: pathOf(id) });
}
