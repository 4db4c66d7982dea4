import type { BoundModel } from "#lib/runtime/ports.ts";
import { boundModelCache } from "./bound-model-cache.ts";

/** How long another replica's change of a connection may go unnoticed here. */
const FRESH_MS = 5_000;
const MOST_ENTRIES = 1_000;

/** Returns the model bound under `key` a moment ago, else binds it now. Changes in this process count at once. */
export async function rememberBoundModel(key: string, bind: () => Promise<BoundModel>): Promise<BoundModel> {
  const { entries, changes } = boundModelCache();
  const known = entries.get(key);
  if (known !== undefined && performance.now() < known.staleAtMs) return known.model;
  const model = await bind();
  if (boundModelCache().changes === changes) {
    if (entries.size >= MOST_ENTRIES) entries.clear();
    entries.set(key, { model, staleAtMs: performance.now() + FRESH_MS });
  }
  return model;
}
