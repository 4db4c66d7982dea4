import type { PoolClient } from "pg";
import { budgetRequestOf } from "../core/budget-request.ts";
import { microUsdOf } from "../core/micro-usd.ts";
import type { Scope } from "../core/scope.ts";
import type { ToolExecution } from "../core/tool-execution.ts";
import { insertAuditEntry } from "./insert-audit-entry.ts";
import type { RequirementRecord } from "./requirements.ts";

/**
 * Raises the budgets that stand in the way of a run by what somebody has granted it, each for its present period, with
 * an audit row each, in the transaction of the decision. `settled` is the run's question as it was answered.
 */
export async function grantBudget(
  client: PoolClient,
  scope: Scope,
  { id: requirementId, rootRunId, asked }: RequirementRecord,
  settled: ToolExecution,
  grantedBy: string,
): Promise<void> {
  const request = budgetRequestOf(asked.tool_args);
  const answer = budgetRequestOf(settled.tool_args);
  if (request === null || answer === null)
    throw new Error(`The question ${requirementId} asks for no money.`);
  const amountMicroUsd = microUsdOf(answer.amount_usd);
  const counterIds = request.budgets.map((budget) => budget.counter_id);
  await client.query(
    `SELECT 1 FROM "BudgetUse" WHERE "organizationId" = $1 AND id = ANY($2) ORDER BY id FOR UPDATE`,
    [scope.organizationId, counterIds],
  );
  const { rows } = await client.query<{ id: string; budgetId: string | null; window: string | null }>(
    `UPDATE "BudgetUse" SET "grantedMicroUsd" = "grantedMicroUsd" + $3::bigint, "updatedAt" = now()
     WHERE "organizationId" = $1 AND id = ANY($2) RETURNING id, "budgetId", "window"`,
    [scope.organizationId, counterIds, amountMicroUsd],
  );
  for (const counter of rows) {
    await client.query(
      `INSERT INTO "BudgetGrant" ("organizationId", id, "counterId", "budgetId", "requirementId", "rootRunId",
         "amountMicroUsd", "grantedBy")
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        scope.organizationId,
        `${requirementId}/${counter.id}`,
        counter.id,
        counter.budgetId,
        requirementId,
        rootRunId,
        amountMicroUsd,
        grantedBy,
      ],
    );
    await insertAuditEntry(client, scope, {
      action: "budget.granted",
      targetType: "budget",
      targetId: counter.budgetId ?? counter.id,
      details: {
        amount_usd: answer.amount_usd,
        window: counter.window,
        run_id: rootRunId,
        requirement_id: requirementId,
      },
    });
  }
}
