import { database } from "#lib/db/database.ts";

/** Removes everything that durable functions have left, so that the next test's application is alone. */
export async function clearDurable(): Promise<void> {
  await database().pool.query(
    `TRUNCATE "DurableFunction", "DurableEvent", "DurableRun", "DurableStep", "DurableJob", "DurablePause", "DurableDedupe"`,
  );
}
