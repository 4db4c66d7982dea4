import type { Tool } from "../core/tool.ts";
import { hashJson } from "./hash-json.ts";
import { inputJsonSchema } from "./input-json-schema.ts";

const fingerprints = new WeakMap<Tool, string>();

/** A hash of what a tool is to whoever decides about a call of it: name, words, arguments, effect, version. */
export function toolFingerprint(tool: Tool): string {
  const known = fingerprints.get(tool);
  if (known !== undefined) return known;
  const { name, description, effect, version } = tool;
  const fingerprint = hashJson([name, description, inputJsonSchema(tool), effect, version ?? null]);
  fingerprints.set(tool, fingerprint);
  return fingerprint;
}
