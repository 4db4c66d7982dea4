import { processSingleton } from "#lib/core/process-singleton.ts";
import type { BoundModel } from "#lib/runtime/ports.ts";

interface Cached {
  model: BoundModel;
  staleAtMs: number;
}

interface Cache {
  entries: Map<string, Cached>;
  /** Counts the changes of connections, so that what was read before a change is not kept after it. */
  changes: number;
}

/** How long another replica's change of a connection may go unnoticed here. */
const FRESH_MS = 5_000;
const MOST_ENTRIES = 1_000;

function cache(): Cache {
  return processSingleton("bound-models", () => ({ entries: new Map<string, Cached>(), changes: 0 }));
}

/** Returns the model bound under `key` a moment ago, else binds it now. Changes in this process count at once. */
export async function rememberBoundModel(key: string, bind: () => Promise<BoundModel>): Promise<BoundModel> {
  const { entries, changes } = cache();
  const known = entries.get(key);
  if (known !== undefined && performance.now() < known.staleAtMs) return known.model;
  const model = await bind();
  if (cache().changes === changes) {
    if (entries.size >= MOST_ENTRIES) entries.clear();
    entries.set(key, { model, staleAtMs: performance.now() + FRESH_MS });
  }
  return model;
}

/** Forgets all bound models after a connection changed. */
export function forgetBoundModels(): void {
  const { entries } = cache();
  entries.clear();
  cache().changes += 1;
}
