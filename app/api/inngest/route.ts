import { serveInngest } from "#inngest/serve-handler.ts";

/** Calls of our durable functions, by the Inngest server or by the embedded engine: the SDK's own handler. */
const handler = (request: Request) => serveInngest(request);

export { handler as GET, handler as POST, handler as PUT };
