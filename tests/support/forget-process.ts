/** What stands for the disk, and what is the same in every process. */
const KEPT = new Set(["gatehouse.database"]);

/** Forgets everything that a process of the server holds in memory, as when it ends and another begins. */
export function forgetProcess(): void {
  for (const symbol of Object.getOwnPropertySymbols(globalThis)) {
    const name = Symbol.keyFor(symbol);
    if (name === undefined || !name.startsWith("gatehouse.") || KEPT.has(name)) continue;
    Reflect.deleteProperty(globalThis, symbol);
  }
}
