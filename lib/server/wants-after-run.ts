import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import type { EndedRun } from "./after-run-pieces.ts";

/** What an agent wants done after the reply of its runs. */
export function wantsAfterRun(
  definition: Pick<AgentDefinition, "enable_session_summaries" | "pre_hooks" | "post_hooks">,
): Pick<EndedRun, "summarizes" | "hasBackgroundHooks"> {
  const hooks = [...definition.pre_hooks, ...definition.post_hooks];
  return {
    summarizes: definition.enable_session_summaries,
    hasBackgroundHooks: hooks.some(({ background }) => background),
  };
}
