import type { SettledStep } from "../decide.ts";
import { settledStepsSql } from "./settled-steps-sql.ts";
import type { Store } from "./store.ts";

/**
 * Saves steps that a call has settled while it goes on. False when the claim is void, be it because somebody else has
 * claimed the call or because the run has ended: the caller must stop then.
 */
export async function saveCheckpoint(
  { db, now }: Store,
  claim: { jobId: string; runId: string; generation: number; attempt?: number },
  steps: readonly SettledStep[],
): Promise<boolean> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const parts = [
    // The lock keeps the next claimant from reading the steps before these are among them.
    `run AS (
      SELECT j."runId" AS id FROM "DurableJob" j
      WHERE j.id = ${bind(claim.jobId)} AND j.generation = ${bind(claim.generation)} AND j."runId" = ${bind(claim.runId)}
        AND j."ownerId" IS NOT NULL FOR UPDATE)`,
    ...settledStepsSql(steps, { run: "run", attempt: claim.attempt ?? 0, now, bind }),
  ];
  const { rowCount } = await db.query(`WITH ${parts.join(",\n")} SELECT id FROM run`, values);
  return rowCount === 1;
}
