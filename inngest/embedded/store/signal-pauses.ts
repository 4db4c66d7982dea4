import type { Store } from "./store.ts";

/** The waits for a signal, the name locked for the rest of the transaction: one run at a time waits for it. */
export async function findSignalPauses({ db }: Store, signal: string): Promise<string[]> {
  await db.query(`SELECT pg_advisory_xact_lock(hashtext('gatehouse.durable.signal:' || $1))`, [signal]);
  const { rows } = await db.query<{ id: string }>(
    `SELECT id FROM "DurablePause" WHERE kind = 'signal' AND name = $1`,
    [signal],
  );
  return rows.map(({ id }) => id);
}

/** Opens a wait for a signal or for the end of an invoked run. */
export async function insertPause(
  { db }: Store,
  pause: { runId: string; stepId: string; kind: "signal" | "invoke"; name: string },
): Promise<void> {
  await db.query(
    `INSERT INTO "DurablePause" (id, "runId", "stepId", kind, name) VALUES ($1 || ':' || $2, $1, $2, $3, $4)
     ON CONFLICT DO NOTHING`,
    [pause.runId, pause.stepId, pause.kind, pause.name],
  );
}
