import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BudgetRequest } from "#lib/core/budget-request.ts";
import { LeaseLostError, type RunLease } from "#lib/core/journal.ts";
import type { Cap } from "#lib/core/spending.ts";
import type { Scope } from "#lib/core/scope.ts";
import type { ToolExecution } from "#lib/core/tool-execution.ts";
import { newExecution } from "#lib/runtime/new-execution.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { newRun } from "#tests/support/new-run.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { insertBudget } from "./budgets.ts";
import { buryLostSpending, buryRunSpending, endSpending } from "./end-spending.ts";
import { grantBudget } from "./grant-budget.ts";
import { createJournalWriter } from "./journal-writer.ts";
import type { RequirementRecord } from "./requirements.ts";
import { reserveSpending } from "./reserve-spending.ts";
import { transaction } from "./transaction.ts";

const PROPERTY_RUNS = Number(process.env["PROPERTY_RUNS"] ?? 20);
const SEED = Number(process.env["PROPERTY_SEED"] ?? Date.now());
const DAY = "2026-11-25";

// On a real server statements overlap: there these tests show that counters are locked and read anew.
describe("money that is set aside", () => {
  let db: TestDatabase;
  const writer = createJournalWriter();

  beforeAll(async () => {
    db = await openTestDatabase();
  });
  afterAll(() => db.close());

  async function leaseOf(scope: Scope): Promise<RunLease> {
    const created = await writer.createRun(scope, newRun());
    if (created.kind !== "created") throw new Error(created.kind);
    return created.lease;
  }

  async function budget(scope: Scope, limitMicroUsd: number, id = `bud_${randomUUID()}`): Promise<Cap> {
    await insertBudget(scope, id, {
      name: id,
      enabled: true,
      appliesTo: "organization",
      agentId: null,
      userId: null,
      period: "day",
      limitMicroUsd,
      expiresAfterSeconds: null,
    });
    return {
      counterId: `${id}/${DAY}`,
      budgetId: id,
      name: id,
      period: "day",
      window: DAY,
      subject: null,
      limitMicroUsd,
      expiresAfterSeconds: null,
    };
  }

  async function reserve(scope: Scope, lease: RunLease, caps: readonly Cap[], amountMicroUsd: number) {
    const id = `spe_${randomUUID()}`;
    const run = { runId: lease.rootRunId, componentId: "plain" };
    const ask = { kind: "model", name: "m", toolCallId: null, amountMicroUsd } as const;
    const outcome = await reserveSpending(scope, { ...ask, id, lease, run, caps });
    return { id, outcome };
  }

  async function counter(scope: Scope, { counterId }: Cap) {
    const { rows } = await db.pool.query<{ spent: number; reserved: number; granted: number }>(
      `SELECT "spentMicroUsd"::float8 AS spent, "reservedMicroUsd"::float8 AS reserved,
         "grantedMicroUsd"::float8 AS granted
       FROM "BudgetUse" WHERE "organizationId" = $1 AND id = $2`,
      [scope.organizationId, counterId],
    );
    return rows[0] ?? { spent: 0, reserved: 0, granted: 0 };
  }

  /** What the ledger says that the counter must say. */
  async function ledger(scope: Scope, { counterId }: Cap) {
    const { rows } = await db.pool.query<{ spent: number; reserved: number }>(
      `SELECT COALESCE(sum("settledMicroUsd"), 0)::float8 AS spent,
         COALESCE(sum("reservedMicroUsd") FILTER (WHERE status = 'reserved'), 0)::float8 AS reserved
       FROM "Spending" WHERE "organizationId" = $1 AND $2 = ANY(counters)`,
      [scope.organizationId, counterId],
    );
    return rows[0];
  }

  async function grant(scope: Scope, cap: Cap, amountUsd: number): Promise<void> {
    const request: BudgetRequest = {
      amount_usd: amountUsd,
      needed_for: "m",
      budgets: [
        {
          counter_id: cap.counterId,
          name: cap.name,
          period: "day",
          limit_usd: 1,
          granted_usd: 0,
          spent_usd: 0,
          reserved_usd: 0,
        },
      ],
    };
    const asked: ToolExecution = newExecution("budget_1", "request_budget", request, 0);
    const requirement = { id: randomUUID(), rootRunId: randomUUID(), asked } as RequirementRecord;
    await transaction((client) => grantBudget(client, scope, requirement, asked, "boss"));
  }

  it("is taken from all caps or from none, and says how each stands", async () => {
    const scope = await makeScope();
    const lease = await leaseOf(scope);
    const [wide, narrow] = [await budget(scope, 100), await budget(scope, 30)];
    const first = await reserve(scope, lease, [wide, narrow], 20);
    expect(first.outcome).toEqual({ kind: "reserved" });
    const second = await reserve(scope, lease, [wide, narrow], 11);
    expect(second.outcome).toMatchObject({
      kind: "short",
      caps: [
        { counterId: wide.counterId, limitMicroUsd: 100, reservedMicroUsd: 20, spentMicroUsd: 0 },
        { counterId: narrow.counterId, limitMicroUsd: 30, reservedMicroUsd: 20, spentMicroUsd: 0 },
      ],
    });
    expect(await counter(scope, wide)).toEqual({ spent: 0, reserved: 20, granted: 0 });
    await endSpending(scope, first.id, { status: "settled", costMicroUsd: 7 });
    await endSpending(scope, first.id, { status: "dead" });
    expect(await counter(scope, narrow)).toEqual({ spent: 7, reserved: 0, granted: 0 });
    expect((await reserve(scope, lease, [wide, narrow], 23)).outcome.kind).toBe("reserved");
    expect((await reserve(scope, lease, [wide, narrow], 1)).outcome.kind).toBe("short");
  });

  it("by many at once never exceeds a cap by a millionth, and nothing of it is lost", async () => {
    const scope = await makeScope();
    const leases = await Promise.all([leaseOf(scope), leaseOf(scope), leaseOf(scope)]);
    const [team, agent] = [await budget(scope, 1_000), await budget(scope, 700)];
    const asks = Array.from({ length: 60 }, (_, n) => {
      const lease = leases[n % leases.length];
      if (lease === undefined) throw new Error("There are three.");
      // Callers name the same caps in any order.
      return reserve(scope, lease, n % 2 === 0 ? [team, agent] : [agent, team], 31);
    });
    const outcomes = await Promise.all(asks);
    const taken = outcomes.filter(({ outcome }) => outcome.kind === "reserved");
    expect(taken).toHaveLength(Math.floor(700 / 31));
    expect(await counter(scope, agent)).toMatchObject({ reserved: 22 * 31 });
    expect(await counter(scope, team)).toMatchObject({ reserved: 22 * 31 });
    await Promise.all(
      taken.map(({ id }, n) =>
        endSpending(scope, id, n % 3 === 0 ? { status: "dead" } : { status: "settled", costMicroUsd: n }),
      ),
    );
    expect(await counter(scope, team)).toMatchObject({ reserved: 0, ...(await ledger(scope, team)) });
    expect(await counter(scope, agent)).toMatchObject({ reserved: 0, ...(await ledger(scope, agent)) });
  });

  it("goes by the budget as it is now, not as it was when the run began", async () => {
    const scope = await makeScope();
    const lease = await leaseOf(scope);
    const cap = await budget(scope, 100);
    await db.pool.query(`UPDATE "Budget" SET "limitMicroUsd" = 10 WHERE id = $1`, [cap.budgetId]);
    expect((await reserve(scope, lease, [cap], 11)).outcome).toMatchObject({
      kind: "short",
      caps: [{ limitMicroUsd: 10 }],
    });
    await db.pool.query(`UPDATE "Budget" SET enabled = false WHERE id = $1`, [cap.budgetId]);
    expect((await reserve(scope, lease, [cap], 11)).outcome).toEqual({ kind: "reserved" });
    expect(await counter(scope, cap)).toMatchObject({ reserved: 0 });
  });

  it("is not for a driver that another has taken the run from", async () => {
    const scope = await makeScope();
    const lease = await leaseOf(scope);
    const cap = await budget(scope, 100);
    const stale = { ...lease, generation: lease.generation - 1 };
    await expect(reserve(scope, stale, [cap], 1)).rejects.toBeInstanceOf(LeaseLostError);
    expect(await counter(scope, cap)).toMatchObject({ reserved: 0 });
  });

  it("for calls that an earlier driver was making counts as spent, and for those under way now it stays", async () => {
    const scope = await makeScope();
    const lease = await leaseOf(scope);
    const cap = await budget(scope, 100);
    await reserve(scope, lease, [cap], 40);
    await db.pool.query(`UPDATE "Run" SET generation = generation + 1 WHERE id = $1`, [lease.rootRunId]);
    const next = { ...lease, generation: lease.generation + 1 };
    await reserve(scope, next, [cap], 5);
    await buryRunSpending(scope, lease.rootRunId, next.generation);
    expect(await counter(scope, cap)).toEqual({ spent: 40, reserved: 5, granted: 0 });
    // Of a run that has ended nobody will say what became of its calls.
    await db.pool.query(`UPDATE "Run" SET status = 'ERROR' WHERE id = $1`, [lease.rootRunId]);
    await buryLostSpending(100);
    expect(await counter(scope, cap)).toMatchObject({ reserved: 5 });
    await db.pool.query(`UPDATE "Spending" SET "createdAt" = now() - interval '16 minutes'`);
    await buryLostSpending(100);
    expect(await counter(scope, cap)).toEqual({ spent: 45, reserved: 0, granted: 0 });
  });

  it("warns when four fifths are spent: once in a period, with an audit row", async () => {
    const scope = await makeScope();
    const lease = await leaseOf(scope);
    const cap = await budget(scope, 100);
    const spend = async (amount: number) => {
      const { id } = await reserve(scope, lease, [cap], amount);
      return endSpending(scope, id, { status: "settled", costMicroUsd: amount });
    };
    expect(await spend(79)).toEqual([]);
    expect(await spend(1)).toEqual([
      { organizationId: scope.organizationId, budgetId: cap.budgetId, name: cap.name, window: DAY },
    ]);
    expect(await spend(1)).toEqual([]);
    const { rows } = await db.pool.query(
      `SELECT details FROM "AuditEntry" WHERE "organizationId" = $1 AND action = 'budget.warned'`,
      [scope.organizationId],
    );
    expect(rows).toEqual([
      { details: { name: cap.name, window: DAY, spent_micro_usd: 80, limit_micro_usd: 100 } },
    ]);
  });

  type Act =
    | { kind: "reserve"; amount: number; both: boolean }
    | { kind: "settle" | "die"; at: number; part: number }
    | { kind: "grant"; amount: number }
    | { kind: "recover" };
  const act: fc.Arbitrary<Act> = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant("reserve" as const),
        amount: fc.integer({ min: 1, max: 60 }),
        both: fc.boolean(),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constantFrom("settle" as const, "die" as const),
        at: fc.nat(30),
        part: fc.integer({ min: 0, max: 100 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("grant" as const), amount: fc.integer({ min: 1, max: 50 }) }),
    },
    { weight: 1, arbitrary: fc.constant({ kind: "recover" as const }) },
  );

  it("agrees with its ledger and stays within caps and grants, whatever happens beside it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(act, { minLength: 1, maxLength: 5 }), { maxLength: 8 }),
        async (rounds) => {
          const scope = await makeScope();
          const [wide, narrow] = [await budget(scope, 200), await budget(scope, 90)];
          let lease = await leaseOf(scope);
          const taken: { id: string; amount: number }[] = [];
          for (const acts of rounds) {
            // What is in one round happens at once.
            await Promise.all(
              acts.map(async (one) => {
                switch (one.kind) {
                  case "reserve": {
                    const caps = one.both ? [wide, narrow] : [wide];
                    const { id, outcome } = await reserve(scope, lease, caps, one.amount);
                    if (outcome.kind === "reserved") taken.push({ id, amount: one.amount });
                    return;
                  }
                  case "settle":
                  case "die": {
                    const entry = taken[one.at % Math.max(1, taken.length)];
                    if (entry === undefined) return;
                    const costMicroUsd = Math.floor((entry.amount * one.part) / 100);
                    await endSpending(
                      scope,
                      entry.id,
                      one.kind === "die" ? { status: "dead" } : { status: "settled", costMicroUsd },
                    );
                    return;
                  }
                  case "grant":
                    await grant(scope, narrow, one.amount / 1e6);
                    return;
                  case "recover":
                    return;
                }
              }),
            );
            if (acts.some((one) => one.kind === "recover")) {
              lease = { ...lease, generation: lease.generation + 1 };
              await db.pool.query(`UPDATE "Run" SET generation = $2 WHERE id = $1`, [
                lease.rootRunId,
                lease.generation,
              ]);
              await buryRunSpending(scope, lease.rootRunId, lease.generation);
            }
            for (const cap of [wide, narrow]) {
              const { spent, reserved, granted } = await counter(scope, cap);
              expect({ spent, reserved }).toEqual(await ledger(scope, cap));
              expect(spent + reserved).toBeLessThanOrEqual(cap.limitMicroUsd + granted);
            }
          }
        },
      ),
      { numRuns: PROPERTY_RUNS, seed: SEED },
    );
  }, 900_000);
});
