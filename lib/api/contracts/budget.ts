import { z } from "zod";
import { budgetSchema, createBudgetSchema, updateBudgetSchema } from "#lib/core/budget.ts";
import { defineContract } from "../contract.ts";

/** Ours: no AgentOS has these. */
const tag = "Budgets";
const read = { scope: "budgets:read" };
const write = { scope: "budgets:write" };
const none = { kind: "none" } as const;
const noQuery = z.object({});
const budgetParams = z.object({ budget_id: z.string().min(1).max(128) });
const budget = { description: "The budget", schema: budgetSchema };

/** The organization's budgets. */
export const listBudgetsContract = defineContract({
  method: "GET",
  path: "/budgets",
  operationId: "list_budgets",
  tag,
  summary: "List budgets, each with how it stands in its present period",
  scope: read,
  params: z.object({}),
  query: noQuery,
  body: none,
  responses: { 200: { description: "All budgets, by name", schema: z.array(budgetSchema) } },
});

/** Makes a budget; it counts what is called from then on. */
export const createBudgetContract = defineContract({
  method: "POST",
  path: "/budgets",
  operationId: "create_budget",
  tag,
  summary: "Say how much runs may cost",
  scope: write,
  params: z.object({}),
  query: noQuery,
  body: { kind: "json", schema: createBudgetSchema },
  responses: { 201: budget },
});

/** One budget. */
export const getBudgetContract = defineContract({
  method: "GET",
  path: "/budgets/{budget_id}",
  operationId: "get_budget",
  tag,
  summary: "Get a budget and how it stands in its present period",
  scope: read,
  params: budgetParams,
  query: noQuery,
  body: none,
  responses: { 200: budget },
});

/** Changes a budget; absent fields stay. */
export const updateBudgetContract = defineContract({
  method: "PATCH",
  path: "/budgets/{budget_id}",
  operationId: "update_budget",
  tag,
  summary: "Change a budget; what was used of it stays",
  scope: write,
  params: budgetParams,
  query: noQuery,
  body: { kind: "json", schema: updateBudgetSchema },
  responses: { 200: budget },
});

/** Deletes a budget. */
export const deleteBudgetContract = defineContract({
  method: "DELETE",
  path: "/budgets/{budget_id}",
  operationId: "delete_budget",
  tag,
  summary: "Delete a budget; a run that waits under it goes on once it is granted any money",
  scope: { scope: "budgets:delete" },
  params: budgetParams,
  query: noQuery,
  body: none,
  responses: { 204: { description: "Deleted", schema: null } },
});
