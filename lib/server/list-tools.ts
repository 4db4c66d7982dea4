import type { ToolEffect } from "#lib/core/tool.ts";
import { toolRegistry } from "./tool-registry.ts";

/** A tool as a form offers it. */
export interface ToolListItem {
  name: string;
  title: string;
  description: string;
  effect: ToolEffect;
}

/** The tools that agents may use, in the order in which a form lists them. */
export function listTools(): ToolListItem[] {
  return [...toolRegistry().values()].map(({ name, title, description, effect }) => ({
    name,
    title,
    description,
    effect,
  }));
}
