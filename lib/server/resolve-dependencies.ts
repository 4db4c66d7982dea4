import { CODE_COMPONENTS } from "#agents/index.ts";
import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import { AppError } from "#lib/core/app-error.ts";
import { type JsonObject, jsonObjectSchema } from "#lib/core/json.ts";
import type { Scope } from "#lib/core/scope.ts";

/** For how long a run waits for what it depends on. */
const LIMIT_MS = 10_000;

/**
 * What an agent in code resolves at the start of a run; undefined when it resolves nothing, or when the run was started
 * before. `definition` is the agent's as the run has it.
 * Throws upstream_failed when its code fails, takes longer than 10 seconds, or gives what is no JSON object.
 */
export async function resolveDependencies(
  scope: Scope,
  definition: Pick<AgentDefinition, "id" | "metadata" | "dependencies">,
  start: { sessionId: string; isRepeated: () => Promise<boolean> },
): Promise<JsonObject | undefined> {
  const code = CODE_COMPONENTS.find((one) => one.definition.id === definition.id);
  if (code?.resolveDependencies === undefined || (await start.isRepeated())) return undefined;
  const { resolveDependencies: resolve } = code;
  const signal = AbortSignal.timeout(LIMIT_MS);
  const isOver = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  const { metadata = {}, dependencies } = structuredClone(definition);
  const context = { scope, sessionId: start.sessionId, dependencies, metadata, signal };
  try {
    // Code that throws before its first await is caught like the rest.
    const resolving = Promise.resolve().then(() => resolve(context));
    return jsonObjectSchema.parse(await Promise.race([resolving, isOver]));
  } catch (cause) {
    throw new AppError(
      "upstream_failed",
      "What runs of this agent depend on could not be fetched, so the run was not started. Try again; the server's log says why.",
      { cause },
    );
  }
}
