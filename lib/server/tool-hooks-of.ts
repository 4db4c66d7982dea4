import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import type { ToolHook } from "#lib/core/tool.ts";
import { toolHookRegistry } from "./tool-hook-registry.ts";

/**
 * An agent's hooks in their order. A hook may be what keeps a call from doing harm: in place of one that no longer exists
 * stands one that lets no call pass.
 */
export function toolHooksOf(definition: Pick<AgentDefinition, "tool_hooks">): ToolHook[] {
  const registry = toolHookRegistry();
  return definition.tool_hooks.map((name) => registry.get(name) ?? missingHook(name));
}

function missingHook(name: string): ToolHook {
  const refuse = () =>
    Promise.reject(
      new Error(
        `No tool is called: the agent's hook "${name}" is not there any more. Take it out of tool_hooks.`,
      ),
    );
  // Nobody is asked about what is not made either.
  return { name, description: "", prepare: refuse, around: refuse };
}
