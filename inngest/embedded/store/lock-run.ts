import type { Store } from "./store.ts";

/** Locks a run for the rest of the transaction, so that what is read of its steps after this is the last word. */
export async function lockRun({ db }: Store, runId: string): Promise<void> {
  await db.query(`SELECT id FROM "DurableRun" WHERE id = $1 FOR UPDATE`, [runId]);
}
