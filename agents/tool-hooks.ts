import type { defineToolHook } from "#lib/sdk/define-tool-hook.ts";

/** Your hooks, made with `defineToolHook`: agents put them around their tools by name (`tool_hooks`). */
export const TOOL_HOOKS: readonly ReturnType<typeof defineToolHook>[] = [];
