import type { Tool } from "../core/tool.ts";

/** True for an argument that a person fills in, so that the model need not give it. */
export function isFilledByPerson({ hold }: Tool, name: string): boolean {
  return hold?.kind === "user_input" && (hold.fields.length === 0 || hold.fields.includes(name));
}
