const ATTEMPTS = 5;

/**
 * Does it again when Postgres has ended it because of a deadlock: whoever ends a run and whoever claims its call lock
 * the same two rows in different orders.
 */
export async function retryDeadlock<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const isDeadlock = error instanceof Error && "code" in error && error.code === "40P01";
      if (!isDeadlock || attempt === ATTEMPTS) throw error;
    }
  }
}
