import canonicalize from "canonicalize";
import type { EngineContext } from "./engine-context.ts";
import { inTransaction } from "./store/in-transaction.ts";
import { settlePauses } from "./store/settle-pauses.ts";
import { findSignalPauses } from "./store/signal-pauses.ts";

/** Ends the wait for a signal with its data. Returns the run that waited; null when none did. */
export async function sendSignal(
  context: EngineContext,
  signal: string,
  data: unknown,
): Promise<string | null> {
  const state = `{"data":${canonicalize({ data, signal }) ?? "null"}}`;
  const runs = await inTransaction(async (db) => {
    const store = { ...context.store, db };
    const pauses = await findSignalPauses(store, signal);
    return settlePauses(
      store,
      pauses.map((id) => ({ id, status: "COMPLETED" as const, state })),
    );
  });
  context.wakeForCall(0);
  return runs[0] ?? null;
}
