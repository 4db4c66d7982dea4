import type { Pool } from "pg";

/** The open database of this process. Both kinds speak the same SQL. */
export interface Database {
  kind: "embedded" | "postgres";
  pool: Pool;
  /** Ends the pool and, for the embedded kind, closes the database cleanly. */
  close(): Promise<void>;
}

// Next bundles this file more than once, so what the server process opened hangs on globalThis.
const slot = Symbol.for("gatehouse.database");
const holder = globalThis as typeof globalThis & { [slot]?: Database | undefined };

/** The database that this process opened. Throws when none is open: nothing opens one by itself. */
export function database(): Database {
  const open = holder[slot];
  if (open === undefined) {
    throw new Error(
      "No database is open in this process: start the server with `npm start` or `npm run dev`.",
    );
  }
  return open;
}

/** Makes `opened` the database of this process; null when it was closed. */
export function registerDatabase(opened: Database | null): void {
  holder[slot] = opened ?? undefined;
}
