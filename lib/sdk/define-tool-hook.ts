import type { ToolHook } from "#lib/core/tool.ts";

/**
 * Makes a hook for tool calls, for `defineTool({hooks})` and, once it stands in `agents/tool-hooks.ts`, for agents by its
 * name. `prepare` changes what a call is about, before anybody decides about it; `around` stands around its execution.
 * Throws when the name cannot be used, or when there is neither.
 */
export function defineToolHook(parts: {
  /** Letters, digits, `_` and `-`, 64 at most. */
  name: string;
  title?: string;
  description?: string;
  prepare?: ToolHook["prepare"];
  around?: ToolHook["around"];
}): ToolHook {
  const { name, title, description = "", prepare, around } = parts;
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name)) {
    throw new Error(`The tool hook's name "${name}" needs 1 to 64 letters, digits, "_" or "-".`);
  }
  if (prepare === undefined && around === undefined) {
    throw new Error(`The tool hook "${name}" needs a prepare or an around.`);
  }
  return {
    name,
    ...(title === undefined ? {} : { title }),
    description,
    ...(prepare === undefined ? {} : { prepare }),
    ...(around === undefined ? {} : { around }),
  };
}
