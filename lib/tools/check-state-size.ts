import type { JsonObject } from "#lib/core/json.ts";

// The state is read with every run of the session and saved with every commit that changes it.
const MOST_CHARACTERS = 100_000;

/** Throws, in words for the model, when a tool would make the session's state too large. */
export function checkStateSize(state: JsonObject): void {
  if (JSON.stringify(state).length <= MOST_CHARACTERS) return;
  throw new Error(`The session can remember ${MOST_CHARACTERS} characters at most. Forget something first.`);
}
