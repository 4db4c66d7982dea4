import { AppError } from "#lib/core/app-error.ts";
import { embeddedEngine } from "./embedded-engine.ts";
import type { EmbeddedEngine } from "./embedded/engine.ts";
import { isExternal } from "./is-external.ts";

/** The engine of this process. Throws `conflict` when the jobs are an Inngest server's, whose dashboard has them. */
export function requireEmbeddedEngine(): EmbeddedEngine {
  if (isExternal()) {
    throw new AppError(
      "conflict",
      "Durable runs are kept by the Inngest server that this installation is connected to. Use its dashboard.",
    );
  }
  return embeddedEngine();
}
