import { serve } from "inngest/edge";
import { environment } from "#lib/env.ts";
import { inngest } from "./client.ts";
import { functions } from "./functions.ts";

/** Where the functions are served. */
export const SERVE_PATH = "/api/inngest";

let handler: ((request: Request) => Promise<Response>) | undefined;

/**
 * Answers a call of the Inngest server or of the embedded engine with the SDK's own handler: 401 without a valid
 * signature, whatever is asked. It is made at the first request.
 */
export function serveInngest(request: Request): Promise<Response> {
  const { INNGEST_SERVE_ORIGIN, GATEHOUSE_URL } = environment();
  handler ??= serve({
    client: inngest,
    functions,
    servePath: SERVE_PATH,
    serveOrigin: INNGEST_SERVE_ORIGIN ?? GATEHOUSE_URL,
    enableUnauthedSync: false,
  });
  return handler(request);
}
