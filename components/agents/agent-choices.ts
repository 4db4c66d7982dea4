import type { ToolEffect } from "#lib/core/tool.ts";

/** A tool that an agent may use, as the form offers it. */
export interface ToolChoice {
  name: string;
  title: string;
  description: string;
  effect: ToolEffect;
}
