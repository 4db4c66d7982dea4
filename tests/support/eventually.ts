/** Asks again and again until `read` gives something other than null or undefined; throws after `timeoutMs`. */
export async function eventually<T>(
  read: () => T | null | undefined | Promise<T | null | undefined>,
  { timeoutMs = 10_000, everyMs = 10 } = {},
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (value !== null && value !== undefined) return value;
    if (Date.now() > end) throw new Error("It did not happen in time.");
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
