import { TOOL_HOOKS } from "#agents/tool-hooks.ts";
import { processSingleton } from "#lib/core/process-singleton.ts";
import type { ToolHook } from "#lib/core/tool.ts";
import { maskSecrets } from "#lib/tools/mask-secrets.ts";

/** The hooks of this process by name: those that are built in, and those of the code beside the agents. */
export function toolHookRegistry(): ReadonlyMap<string, ToolHook> {
  return processSingleton(
    "tool-hook-registry",
    () => new Map([maskSecrets, ...TOOL_HOOKS].map((hook) => [hook.name, hook])),
  );
}
