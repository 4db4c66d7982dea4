import type { ToolHook } from "#lib/core/tool.ts";

/**
 * Makes a hook around tool calls, for `defineTool({hooks})` and, once it stands in `agents/tool-hooks.ts`, for agents by
 * its name. Throws when the name cannot be used.
 */
export function defineToolHook(parts: {
  /** Letters, digits, `_` and `-`, 64 at most. */
  name: string;
  description?: string;
  around: ToolHook["around"];
}): ToolHook {
  const { name, description = "", around } = parts;
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name)) {
    throw new Error(`The tool hook's name "${name}" needs 1 to 64 letters, digits, "_" or "-".`);
  }
  return { name, description, around };
}
