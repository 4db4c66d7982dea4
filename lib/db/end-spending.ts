import { BUDGET_WARNING_RATIO } from "../core/budget.ts";
import type { Scope } from "../core/scope.ts";
import type { SpendingEnd } from "../core/spending.ts";
import { database } from "./database.ts";

/** A budget of which most was spent for the first time in its period. */
export interface BudgetWarning {
  organizationId: string;
  budgetId: string;
  name: string;
  /** The day or the month. */
  window: string;
}

/**
 * Ends the reservation of one call and takes it off the counters, which what was spent is added to. Nothing happens
 * when it has ended before. Returns the budgets of which most is spent by now, each once in a period, with audit rows.
 */
export async function endSpending(scope: Scope, id: string, end: SpendingEnd): Promise<BudgetWarning[]> {
  const cost = end.status === "settled" ? end.costMicroUsd : null;
  return run(
    `UPDATE "Spending" s SET status = $3, "settledMicroUsd" = COALESCE($4::bigint, s."reservedMicroUsd"),
       "settledAt" = now()
     WHERE s."organizationId" = $1 AND s.id = $2 AND s.status = 'reserved'`,
    [scope.organizationId, id, end.status, cost],
  );
}

/** Ends what earlier drivers of a run have left set aside: those calls died, and all of it counts as spent. */
export async function buryRunSpending(
  scope: Scope,
  rootRunId: string,
  generation: number,
): Promise<BudgetWarning[]> {
  return run(
    `UPDATE "Spending" s SET status = 'dead', "settledMicroUsd" = s."reservedMicroUsd", "settledAt" = now()
     WHERE s."organizationId" = $1 AND s."rootRunId" = $2 AND s.generation < $3 AND s.status = 'reserved'`,
    [scope.organizationId, rootRunId, generation],
  );
}

/**
 * The same for runs of all organizations that have ended, are gone, or are another driver's by now, at most `limit`
 * calls; those of the last 15 minutes, longer than any call takes, are left to their own drivers.
 */
export async function buryLostSpending(limit: number): Promise<BudgetWarning[]> {
  return run(
    `UPDATE "Spending" s SET status = 'dead', "settledMicroUsd" = s."reservedMicroUsd", "settledAt" = now()
     FROM (
       SELECT l."organizationId" AS org, l.id FROM "Spending" l
       LEFT JOIN "Run" r ON r."organizationId" = l."organizationId" AND r.id = l."rootRunId"
       WHERE l.status = 'reserved' AND l."createdAt" < now() - interval '15 minutes'
         AND (r.id IS NULL OR r.generation > l.generation OR r.status NOT IN ('PENDING', 'RUNNING'))
       ORDER BY l."createdAt" LIMIT $1) lost
     WHERE s."organizationId" = lost.org AND s.id = lost.id AND s.status = 'reserved'`,
    [limit],
  );
}

/** `ends` is the update of "Spending" s that ends reservations; the counters follow in the same statement. */
async function run(ends: string, values: readonly unknown[]): Promise<BudgetWarning[]> {
  const { rows } = await database().pool.query<BudgetWarning>(
    `WITH ended AS (
       ${ends}
       RETURNING s."organizationId" AS org, s.counters, s."reservedMicroUsd" AS reserved, s."settledMicroUsd" AS spent),
     moves AS MATERIALIZED (
       SELECT e.org, c.id, sum(e.reserved)::bigint AS reserved, sum(e.spent)::bigint AS spent
       FROM ended e CROSS JOIN LATERAL unnest(e.counters) AS c(id) GROUP BY e.org, c.id),
     used AS MATERIALIZED (
       SELECT u."organizationId" AS org, u.id, u."warnedAt" IS NULL AND u."window" IS NOT NULL AS calm,
         b.name, b."limitMicroUsd" AS lim
       FROM "BudgetUse" u JOIN moves m ON m.org = u."organizationId" AND m.id = u.id
       LEFT JOIN "Budget" b ON b."organizationId" = u."organizationId" AND b.id = u."budgetId"
       ORDER BY u."organizationId", u.id FOR UPDATE OF u),
     moved AS (
       UPDATE "BudgetUse" u SET "reservedMicroUsd" = u."reservedMicroUsd" - m.reserved,
         "spentMicroUsd" = u."spentMicroUsd" + m.spent, "updatedAt" = now(),
         "warnedAt" = CASE WHEN x.calm AND u."spentMicroUsd" + m.spent
             >= ${BUDGET_WARNING_RATIO} * (x.lim + u."grantedMicroUsd") THEN now() ELSE u."warnedAt" END
       FROM moves m JOIN used x ON x.org = m.org AND x.id = m.id
       WHERE u."organizationId" = m.org AND u.id = m.id
       RETURNING u."organizationId", u."budgetId", u."window", x.name, x.lim, u."spentMicroUsd",
         x.calm AND u."warnedAt" IS NOT NULL AS warned),
     audit AS (
       INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)
       SELECT "organizationId", 'system', 'budget', 'budget.warned', 'budget', "budgetId",
         jsonb_build_object('name', name, 'window', "window", 'spent_micro_usd', "spentMicroUsd",
           'limit_micro_usd', lim)
       FROM moved WHERE warned)
     SELECT "organizationId", "budgetId", name, "window" FROM moved WHERE warned`,
    [...values],
  );
  return rows;
}
