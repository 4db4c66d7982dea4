import { failPoint } from "#lib/core/fail-point.ts";
import type { SettledStep } from "../decide.ts";
import type { ClaimedCall } from "./claim-calls.ts";
import { settledStepsSql } from "./settled-steps-sql.ts";
import type { Store } from "./store.ts";

/** Puts a call back for its next attempt and saves what it did settle. False when the claim is void. */
export async function retryCall(
  { db, now, ownerId }: Store,
  call: ClaimedCall,
  retry: { delayMs: number; error: string; settled: readonly SettledStep[] },
): Promise<boolean> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const parts = [
    `job AS (
      UPDATE "DurableJob" SET attempt = attempt + 1, "ownerId" = NULL, payload = ${bind(retry.error)},
        "availableAt" = ${now} + ${bind(retry.delayMs)} * interval '1 millisecond'
      WHERE id = ${bind(call.id)} AND generation = ${bind(call.generation)} AND "ownerId" = ${bind(ownerId)}
      RETURNING "runId" AS id)`,
    ...settledStepsSql(retry.settled, { run: "job", attempt: call.attempt, now, bind }),
  ];
  failPoint("transition-before-commit");
  const { rowCount } = await db.query(`WITH ${parts.join(",\n")} SELECT id FROM job`, values);
  failPoint("transition-committed");
  return rowCount === 1;
}
