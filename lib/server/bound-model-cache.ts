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

/** The models that this process has bound. */
export function boundModelCache(): Cache {
  return processSingleton("bound-models", () => ({ entries: new Map<string, Cached>(), changes: 0 }));
}
