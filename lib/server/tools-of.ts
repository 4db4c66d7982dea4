import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import { processSingleton } from "#lib/core/process-singleton.ts";
import type { Tool } from "#lib/core/tool.ts";
import { holdOfSettings, type ToolSettings } from "#lib/core/tool-settings.ts";
import { toolRegistry } from "./tool-registry.ts";
import { type ToolFlags, toolsOfFlags } from "./tools-of-flags.ts";

/** How many settings of one tool are remembered, so that it is described to models once with each. */
const REMEMBERED = 100;

/**
 * An agent's tools in their order, with what its settings add, and then those that its flags give it. Names that no
 * longer exist are left out: an agent outlives its tools.
 */
export function toolsOf(definition: Pick<AgentDefinition, "tools" | "tool_settings"> & ToolFlags): Tool[] {
  const registry = toolRegistry();
  const named = definition.tools.flatMap((name) => registry.get(name) ?? []);
  // A tool that somebody has named counts before one of the same name that a flag gives.
  const names = new Set(named.map(({ name }) => name));
  const given = toolsOfFlags(definition).filter(({ name }) => !names.has(name));
  return [...named, ...given].map((tool) => {
    const settings = definition.tool_settings[tool.name];
    return settings === undefined ? tool : withSettings(tool, settings);
  });
}

function withSettings(tool: Tool, settings: ToolSettings): Tool {
  const byTool = processSingleton("tools-with-settings", () => new WeakMap<Tool, Map<string, Tool>>());
  const known = byTool.get(tool) ?? new Map<string, Tool>();
  byTool.set(tool, known);
  const key = JSON.stringify(settings);
  const remembered = known.get(key);
  if (remembered !== undefined) return remembered;
  const { hold = tool.hold, approval = tool.approval } = holdOfSettings(settings);
  const made: Tool = {
    ...tool,
    ...(hold === undefined ? {} : { hold }),
    // What the tool's author wants somebody to approve, an agent cannot let pass.
    ...(approval === undefined ? {} : { approval: tool.approval === "required" ? "required" : approval }),
  };
  if (known.size >= REMEMBERED) known.clear();
  known.set(key, made);
  return made;
}
