import type { Pool } from "pg";
import { microUsdOf } from "#lib/core/micro-usd.ts";

/** What the budgets show, held against the ledger and the runs. */
export interface MoneyFindings {
  /** Counters that do not agree with the ledger or the grants, and money that is still set aside. */
  moneyAdrift: string[];
  /** Counters that stand above their limit and what was granted. */
  moneyOverdrawn: string[];
  /** Runs that cost more than the ledger says. */
  moneyUnpaid: string[];
  /** How many calls were settled, and how many had died and count in full. */
  calls: Record<string, number>;
}

const LEDGER = `ledger AS (
  SELECT "organizationId", counter,
    sum("settledMicroUsd") FILTER (WHERE status <> 'reserved') AS spent,
    sum("reservedMicroUsd") FILTER (WHERE status = 'reserved') AS reserved
  FROM "Spending" CROSS JOIN LATERAL unnest(counters) AS counter GROUP BY 1, 2)`;

const ADRIFT = `
WITH ${LEDGER}, granted AS (
  SELECT "organizationId", "counterId" AS counter, sum("amountMicroUsd") AS amount FROM "BudgetGrant" GROUP BY 1, 2)
SELECT concat_ws(' ', 'counter', u.id, 'spent', u."spentMicroUsd", l.spent, 'reserved', u."reservedMicroUsd", l.reserved,
    'granted', u."grantedMicroUsd", g.amount) AS what
  FROM "BudgetUse" u
  LEFT JOIN ledger l ON l."organizationId" = u."organizationId" AND l.counter = u.id
  LEFT JOIN granted g ON g."organizationId" = u."organizationId" AND g.counter = u.id
  WHERE u."spentMicroUsd" <> COALESCE(l.spent, 0) OR u."reservedMicroUsd" <> COALESCE(l.reserved, 0)
    OR u."grantedMicroUsd" <> COALESCE(g.amount, 0)
UNION ALL SELECT concat_ws(' ', 'no counter', l.counter) FROM ledger l
  WHERE NOT EXISTS (SELECT 1 FROM "BudgetUse" u WHERE u."organizationId" = l."organizationId" AND u.id = l.counter)
UNION ALL SELECT concat_ws(' ', 'still set aside', id, 'of run', "runId") FROM "Spending" WHERE status = 'reserved'`;

// A limit that an agent sets for each of its runs has no row of its own.
const OVERDRAWN = `
SELECT concat_ws(' ', u.id, u."spentMicroUsd", 'of', COALESCE(b."limitMicroUsd", $1), 'and', u."grantedMicroUsd") AS what
  FROM "BudgetUse" u LEFT JOIN "Budget" b ON b."organizationId" = u."organizationId" AND b.id = u."budgetId"
  WHERE u."spentMicroUsd" + u."reservedMicroUsd" > COALESCE(b."limitMicroUsd", $1) + u."grantedMicroUsd"`;

const UNPAID = `
SELECT concat_ws(' ', r.id, r."costMicroUsd", 'paid', paid.amount) AS what FROM "Run" r
  LEFT JOIN LATERAL (SELECT sum("settledMicroUsd") AS amount FROM "Spending" s
    WHERE s."organizationId" = r."organizationId" AND s."runId" = r.id) paid ON true
  WHERE r."costMicroUsd" > COALESCE(paid.amount, 0)`;

const CALLS = `SELECT status AS what, count(*)::int AS count FROM "Spending" GROUP BY 1 ORDER BY 1`;

/** Looks through the budgets of a stopped installation; `runLimitUsd` is what its agents let each of their runs cost. */
export async function moneyFindings(pool: Pool, runLimitUsd: number): Promise<MoneyFindings> {
  const list = async (sql: string, values: unknown[] = []) =>
    (await pool.query<{ what: string }>(sql, values)).rows.map(({ what }) => what);
  const { rows } = await pool.query<{ what: string; count: number }>(CALLS);
  return {
    moneyAdrift: await list(ADRIFT),
    moneyOverdrawn: await list(OVERDRAWN, [microUsdOf(runLimitUsd)]),
    moneyUnpaid: await list(UNPAID),
    calls: Object.fromEntries(rows.map(({ what, count }) => [what, count])),
  };
}
