import type { JsonObject } from "#lib/core/json.ts";

/** A call's arguments in one line, their names left out: enough to tell one call from the next. */
export function argumentsGist(args: JsonObject): string {
  return Object.values(args)
    .map((value) => (typeof value === "string" ? value : JSON.stringify(value)))
    .join(", ");
}
