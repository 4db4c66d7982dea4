import type { Scope } from "../core/scope.ts";
import { database } from "./database.ts";

/** What was used of a budget in one period, in millionths of a US dollar. */
export interface BudgetUseRecord {
  budgetId: string;
  window: string;
  /** Where each user has a counter: who has used most. */
  subject: string | null;
  spentMicroUsd: number;
  reservedMicroUsd: number;
  grantedMicroUsd: number;
}

/** The fullest counter of each of the organization's budgets in the periods named. */
export async function listBudgetUses(scope: Scope, windows: readonly string[]): Promise<BudgetUseRecord[]> {
  const { rows } = await database().pool.query<BudgetUseRecord>(
    `SELECT DISTINCT ON ("budgetId", "window") "budgetId", "window", subject,
       "spentMicroUsd"::float8 AS "spentMicroUsd", "reservedMicroUsd"::float8 AS "reservedMicroUsd",
       "grantedMicroUsd"::float8 AS "grantedMicroUsd"
     FROM "BudgetUse" WHERE "organizationId" = $1 AND "budgetId" IS NOT NULL AND "window" = ANY($2)
     ORDER BY "budgetId", "window", "spentMicroUsd" - "grantedMicroUsd" DESC, id`,
    [scope.organizationId, windows],
  );
  return rows;
}
