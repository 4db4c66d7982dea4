import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import { resolveAgent } from "./resolve-agent.ts";
import type { ResolvedAgent } from "./resolved-agent.ts";

/** Finds an agent by its id for a page: null when there is none. Throws for other reasons as resolveAgent does. */
export async function findAgent(scope: Scope, agentId: string): Promise<ResolvedAgent | null> {
  try {
    return await resolveAgent(scope, agentId);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}
