import { processSingleton } from "#lib/core/process-singleton.ts";
import type { EmbeddedEngine } from "./embedded/engine.ts";

// Next loads the client a second time; both must reach the one engine of the process.
const holder = () =>
  processSingleton<{ engine: EmbeddedEngine | null }>("embedded-engine", () => ({ engine: null }));

/** The engine of this process. Throws an Error when none was made. */
export function embeddedEngine(): EmbeddedEngine {
  const { engine } = holder();
  if (engine === null) throw new Error("No durable engine is running in this process.");
  return engine;
}

/** Makes `engine` the one of this process; null when it has stopped. */
export function registerEngine(engine: EmbeddedEngine | null): void {
  holder().engine = engine;
}
