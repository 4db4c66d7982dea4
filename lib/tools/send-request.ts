import { z } from "zod";
import { jsonObjectSchema } from "#lib/core/json.ts";
import type { Tool } from "#lib/core/tool.ts";
import type { GuardedFetch } from "./guarded-fetch.ts";
import { readText } from "./read-text.ts";

const MOST_CHARACTERS = 20_000;

const inputSchema = z.object({
  url: z.string().min(1).max(2_000).describe("The address to send to, with https://"),
  method: z.enum(["POST", "PUT", "PATCH", "DELETE"]).default("POST"),
  json: jsonObjectSchema.optional().describe("What is sent, as a JSON object."),
});

/**
 * The tool that sends something to another system. It carries an Idempotency-Key of its run and call, so that a system
 * which honours it takes the same call once.
 */
export function createSendRequest(guardedFetch: GuardedFetch): Tool<z.infer<typeof inputSchema>> {
  return {
    name: "send_request",
    title: "Send a request",
    description:
      "Send JSON to another system by its address (URL), such as a webhook, and return its answer.",
    effect: "write",
    input: inputSchema,
    timeoutMs: 30_000,
    async execute({ url, method, json }, { idempotencyKey, signal }) {
      const { response } = await guardedFetch(url, signal, {
        method,
        headers: {
          "idempotency-key": idempotencyKey,
          ...(json === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      });
      // Once there is an answer the request was taken, whatever can be read of it.
      const text = await readText(response).catch((error: unknown) => {
        signal.throwIfAborted();
        return `(The answer cannot be read: ${error instanceof Error ? error.message : "it broke off"})`;
      });
      const location = response.headers.get("location");
      return {
        status: response.status,
        ...(location === null ? {} : { location }),
        content: text.slice(0, MOST_CHARACTERS),
        ...(text.length > MOST_CHARACTERS ? { note: `Cut at ${MOST_CHARACTERS} characters.` } : {}),
      };
    },
  };
}
