import type { ToolEffect } from "#lib/core/tool.ts";

/** A model that an agent may use, as the form offers it. */
export interface ModelChoice {
  provider: string;
  providerName: string;
  id: string;
}

/** A tool that an agent may use, as the form offers it. */
export interface ToolChoice {
  name: string;
  title: string;
  description: string;
  effect: ToolEffect;
}
