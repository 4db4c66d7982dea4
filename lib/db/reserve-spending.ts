import type { CapState, SpendingAsk } from "../core/spending.ts";
import { type RunIdentity, LeaseLostError, type RunLease } from "../core/journal.ts";
import type { Cap } from "../core/spending.ts";
import type { Scope } from "../core/scope.ts";
import { storableJson } from "../core/storable-json.ts";
import { database } from "./database.ts";

/** One call to set money aside for, and where it belongs. */
export interface NewSpending extends SpendingAsk {
  id: string;
  lease: RunLease;
  run: Pick<RunIdentity, "runId" | "componentId">;
  caps: readonly Cap[];
}

/** What became of it. `short` tells how all caps stood at that moment. */
export type ReserveOutcome = { kind: "reserved" } | { kind: "short"; caps: CapState[] };

interface CapRow {
  held: boolean;
  ready: boolean;
  fits: boolean;
  /** Null when no cap counts any more. */
  counter: string | null;
  limit: number;
  spent: number;
  reserved: number;
  granted: number;
}

/**
 * Sets the worst case of a call aside under all of its caps at once, in one statement that locks the counters in their
 * order: it fits each of them, or none is touched. Limits are the budgets' own as they are now; a budget that was
 * switched off meanwhile does not count. Throws LeaseLostError when another driver has the run.
 */
export async function reserveSpending(scope: Scope, spending: NewSpending): Promise<ReserveOutcome> {
  for (;;) {
    const rows = await tryReserve(scope, spending);
    const [first] = rows;
    if (first === undefined || !first.held) throw new LeaseLostError(spending.lease.rootRunId);
    if (!first.ready) {
      await insertCounters(scope, spending);
      continue;
    }
    return first.fits ? { kind: "reserved" } : { kind: "short", caps: statesOf(spending.caps, rows) };
  }
}

async function tryReserve(scope: Scope, spending: NewSpending): Promise<CapRow[]> {
  const { id, kind, name, toolCallId, amountMicroUsd, lease, run, caps } = spending;
  const limits = caps.map(({ counterId, budgetId, limitMicroUsd }) => ({
    counter: counterId,
    budget: budgetId,
    lim: limitMicroUsd,
  }));
  const { rows } = await database().pool.query<CapRow>(
    `WITH run AS (
       SELECT id, subject FROM "Run" WHERE "organizationId" = $1 AND id = $2 AND generation = $3),
     cap AS MATERIALIZED (
       SELECT c.counter, COALESCE(b."limitMicroUsd", c.lim) AS lim
       FROM json_to_recordset($4::json) AS c(counter text, budget text, lim bigint)
       LEFT JOIN "Budget" b ON b."organizationId" = $1 AND b.id = c.budget
       WHERE c.budget IS NULL OR b.enabled),
     used AS MATERIALIZED (
       SELECT u.id, u."spentMicroUsd" AS spent, u."reservedMicroUsd" AS reserved, u."grantedMicroUsd" AS granted
       FROM "BudgetUse" u WHERE u."organizationId" = $1 AND u.id IN (SELECT counter FROM cap)
       ORDER BY u.id FOR UPDATE),
     state AS MATERIALIZED (
       SELECT cap.counter, cap.lim, used.id IS NOT NULL AS there, used.spent, used.reserved, used.granted,
         used.spent + used.reserved + $5::bigint <= cap.lim + used.granted AS fits
       FROM cap LEFT JOIN used ON used.id = cap.counter),
     verdict AS MATERIALIZED (
       SELECT EXISTS (SELECT 1 FROM run) AS held, COALESCE(bool_and(there), true) AS ready,
         COALESCE(bool_and(fits), true) AS fits FROM state),
     taken AS (
       UPDATE "BudgetUse" u SET "reservedMicroUsd" = u."reservedMicroUsd" + $5::bigint, "updatedAt" = now()
       FROM state, verdict v
       WHERE u."organizationId" = $1 AND u.id = state.counter AND v.held AND v.ready AND v.fits),
     entry AS (
       INSERT INTO "Spending" ("organizationId", id, "rootRunId", "runId", subject, "componentId", kind, name,
         "toolCallId", generation, counters, "reservedMicroUsd")
       SELECT $1, $6::text, run.id, $7::text, run.subject, $8::text, $9::text, $10::text, $11::text, $3,
         ARRAY(SELECT counter FROM state ORDER BY counter), $5::bigint
       FROM run, verdict v WHERE v.held AND v.ready AND v.fits)
     SELECT v.held, v.ready, v.fits, state.counter, state.lim::float8 AS "limit", state.spent::float8 AS spent,
       state.reserved::float8 AS reserved, state.granted::float8 AS granted
     FROM verdict v LEFT JOIN state ON true`,
    [
      scope.organizationId,
      lease.rootRunId,
      lease.generation,
      storableJson(limits).json,
      amountMicroUsd,
      id,
      run.runId,
      run.componentId,
      kind,
      name,
      toolCallId,
    ],
  );
  return rows;
}

/** The counters of a new period, each at nothing; whoever else makes them in the same moment makes the same. */
async function insertCounters(scope: Scope, { caps, lease }: NewSpending): Promise<void> {
  const counters = caps.map(({ counterId, budgetId, window, subject }) => ({
    counter: counterId,
    budget: budgetId,
    win: window,
    subject,
    run: window === null ? lease.rootRunId : null,
  }));
  await database().pool.query(
    `INSERT INTO "BudgetUse" ("organizationId", id, "budgetId", "window", subject, "rootRunId")
     SELECT $1, c.counter, c.budget, c.win, c.subject, c.run
     FROM json_to_recordset($2::json) AS c(counter text, budget text, win text, subject text, run text)
     ORDER BY c.counter ON CONFLICT DO NOTHING`,
    [scope.organizationId, storableJson(counters).json],
  );
}

function statesOf(caps: readonly Cap[], rows: readonly CapRow[]): CapState[] {
  return caps.flatMap((cap) => {
    const row = rows.find(({ counter }) => counter === cap.counterId);
    if (row === undefined) return [];
    return [
      {
        ...cap,
        limitMicroUsd: row.limit,
        grantedMicroUsd: row.granted,
        spentMicroUsd: row.spent,
        reservedMicroUsd: row.reserved,
      },
    ];
  });
}
