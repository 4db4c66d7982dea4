import { z } from "zod";
import { jsonObjectSchema } from "#lib/core/json.ts";
import type { Tool } from "#lib/core/tool.ts";
import { isTransientKey } from "#lib/core/transient-state.ts";
import { checkStateSize } from "./check-state-size.ts";

const inputSchema = z.object({
  session_state_updates: jsonObjectSchema.describe(
    "The keys to change, with their new values; keys that are not named stay as they are.",
  ),
});

/** Changes several keys of the session's state; the same call again changes nothing more. */
export const updateSessionState: Tool<z.infer<typeof inputSchema>> = {
  name: "update_session_state",
  title: "Update session state",
  description:
    "Update the shared session state: give the keys that are to change and their new values. Use it when the user tells you something that belongs into the state.",
  effect: "idempotent",
  input: inputSchema,
  execute({ session_state_updates: updates }, { sessionState }) {
    const kept = Object.entries(updates).filter(([key]) => !isTransientKey(key));
    checkStateSize({ ...sessionState.get(), ...Object.fromEntries(kept) });
    for (const [key, value] of kept) sessionState.set(key, value);
    return Promise.resolve(`Updated session state: ${JSON.stringify(sessionState.get())}`);
  },
};
