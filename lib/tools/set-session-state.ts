import { z } from "zod";
import { jsonValueSchema } from "#lib/core/json.ts";
import type { Tool } from "#lib/core/tool.ts";
import { checkStateSize } from "./check-state-size.ts";

const inputSchema = z.object({
  key: z.string().min(1).max(128).describe("The name under which to remember the value."),
  value: jsonValueSchema.describe("What to remember; null forgets the key."),
});

/** Remembers a value in the session; the same call again changes nothing more. */
export const setSessionState: Tool<z.infer<typeof inputSchema>> = {
  name: "set_session_state",
  title: "Change session state",
  description: "Remember a value under a key for the rest of this conversation, or forget the key.",
  effect: "idempotent",
  input: inputSchema,
  execute({ key, value }, { sessionState }) {
    checkStateSize({ ...sessionState.get(), [key]: value });
    if (value === null) sessionState.delete(key);
    else sessionState.set(key, value);
    return Promise.resolve({ key, value });
  },
};
