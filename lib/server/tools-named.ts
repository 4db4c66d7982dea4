import type { Tool } from "#lib/core/tool.ts";
import { toolRegistry } from "./tool-registry.ts";

/** The tools of these names, in their order. Names that no longer exist are left out: an agent outlives its tools. */
export function toolsNamed(names: readonly string[]): Tool[] {
  const registry = toolRegistry();
  return names.flatMap((name) => registry.get(name) ?? []);
}
