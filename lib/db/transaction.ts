import type { PoolClient } from "pg";
import { database } from "./database.ts";

/**
 * Runs `work` in one transaction on a connection of its own and returns its result; whatever it throws rolls back.
 * Keep it short: the embedded database does nothing else meanwhile, and using the pool inside waits for ever.
 */
export async function transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await database().pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    client.release();
    return result;
  } catch (error) {
    const rolledBack = await client.query("ROLLBACK").then(
      () => true,
      () => false,
    );
    client.release(!rolledBack);
    throw error;
  }
}
