import type { ToolEffect } from "#lib/core/tool.ts";

/** A tool that an agent may use, as the form offers it. */
export interface ToolChoice {
  name: string;
  title: string;
  description: string;
  effect: ToolEffect;
}

/** Something in code that an agent may name, as the form offers it. */
export interface CheckChoice {
  name: string;
  title: string;
  description: string;
}

/** The guardrails, hooks, model middleware and tool hooks in code. */
export interface CheckChoices {
  guardrails: readonly CheckChoice[];
  preHooks: readonly CheckChoice[];
  postHooks: readonly CheckChoice[];
  middleware: readonly CheckChoice[];
  toolHooks: readonly CheckChoice[];
}
