/**
 * Returns the one instance of `key` in this process, making it at first use.
 * Next may load a module several times (pages, routes, instrumentation); what owns a connection, a timer or a
 * table of running work must nevertheless exist once, so it hangs on globalThis.
 */
export function processSingleton<T>(key: string, make: () => T): T {
  const symbol = Symbol.for(`gatehouse.${key}`);
  const holder = globalThis as typeof globalThis & { [name: symbol]: T | undefined };
  const existing = holder[symbol];
  if (existing !== undefined) return existing;
  const made = make();
  holder[symbol] = made;
  return made;
}
