import { z } from "zod";
import type { Tool } from "#lib/core/tool.ts";

const inputSchema = z.object({
  key: z.string().max(128).optional().describe("The key to read; leave it out to read everything."),
});

/** Reads what the session remembers. */
export const getSessionState: Tool<z.infer<typeof inputSchema>> = {
  name: "get_session_state",
  title: "Read session state",
  description: "Read what has been remembered in this conversation, one key or everything.",
  effect: "read",
  input: inputSchema,
  execute({ key }, context) {
    const state = context.sessionState.get();
    if (key === undefined) return Promise.resolve(state);
    return Promise.resolve({ key, value: Object.hasOwn(state, key) ? (state[key] ?? null) : null });
  },
};
