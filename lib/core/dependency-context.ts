import type { JsonObject } from "./json.ts";
import type { Scope } from "./scope.ts";

/** What a run's dependencies are resolved for. */
export interface DependencyContext {
  /** Whose run it is; `subject` is the user, null for nobody in particular. */
  scope: Scope;
  sessionId: string;
  /** What the definition and, over it, the caller of the API has given. What is resolved stands over both. */
  dependencies: JsonObject;
  /** The agent's metadata and, over it, the run's. */
  metadata: JsonObject;
  /** Aborts when the time is up. */
  signal: AbortSignal;
}

/** Resolves dependencies at the start of a run, as JSON under their names. */
export type ResolveDependencies = (context: DependencyContext) => JsonObject | Promise<JsonObject>;
