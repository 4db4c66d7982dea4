import { boundModelCache } from "./bound-model-cache.ts";

/** Forgets all bound models after a connection changed. */
export function forgetBoundModels(): void {
  const cache = boundModelCache();
  cache.entries.clear();
  cache.changes += 1;
}
