import { database } from "./database.ts";

/** For how long counters and the ledger are kept after their period: more than a year, for whoever looks back. */
const KEPT_DAYS = 400;

/**
 * Deletes counters, entries of the ledger and grants of all organizations that are older than 400 days, at most `limit`
 * of each; calls that are under way stay. Returns how many there were.
 */
export async function pruneBudgets(limit: number): Promise<number> {
  const old = `< now() - interval '${KEPT_DAYS} days'`;
  const { rows } = await database().pool.query<{ count: number }>(
    `WITH used AS (
       DELETE FROM "BudgetUse" u USING (
         SELECT "organizationId", id FROM "BudgetUse" WHERE "createdAt" ${old} ORDER BY "createdAt" LIMIT $1) o
       WHERE u."organizationId" = o."organizationId" AND u.id = o.id RETURNING 1),
     spent AS (
       DELETE FROM "Spending" s USING (
         SELECT "organizationId", id FROM "Spending"
         WHERE status IN ('settled', 'dead') AND "createdAt" ${old} LIMIT $1) o
       WHERE s."organizationId" = o."organizationId" AND s.id = o.id RETURNING 1),
     granted AS (
       DELETE FROM "BudgetGrant" g WHERE g."createdAt" ${old} RETURNING 1)
     SELECT ((SELECT count(*) FROM used) + (SELECT count(*) FROM spent)
       + (SELECT count(*) FROM granted))::int AS count`,
    [limit],
  );
  return rows[0]?.count ?? 0;
}
