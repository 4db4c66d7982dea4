import { database } from "./database.ts";

/** The channel on which processes that share a Postgres tell each other that durable work is waiting. */
export const DURABLE_CHANNEL = "gatehouse_durable";

/** Tells the other processes that there is more durable work than this one can take; `origin` names the one that tells. */
export async function notifyDurable(origin: string): Promise<void> {
  const { kind, pool } = database();
  if (kind === "postgres") await pool.query("SELECT pg_notify($1, $2)", [DURABLE_CHANNEL, origin]);
}
