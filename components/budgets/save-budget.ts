import { type ApiConnection, apiRequest } from "#lib/client/api-request.ts";
import type { CreateBudget, UpdateBudget } from "#lib/core/budget.ts";

const pathOf = (id: string) => `/budgets/${encodeURIComponent(id)}`;

/** Makes a budget. */
export async function createBudget(api: ApiConnection, body: CreateBudget): Promise<void> {
  await apiRequest(api, { method: "POST", path: "/budgets", json: body });
}

/** Changes a budget; absent fields stay. */
export async function updateBudget(api: ApiConnection, id: string, body: UpdateBudget): Promise<void> {
  await apiRequest(api, { method: "PATCH", path: pathOf(id), json: body });
}

/** Deletes a budget. */
export async function deleteBudget(api: ApiConnection, id: string): Promise<void> {
  await apiRequest(api, { method: "DELETE", path: pathOf(id) });
}
