import type { Engine } from "./engine.ts";
import { isDevServer } from "./is-dev-server.ts";

/** Where a development server listens by default. */
const devServerUrl = "http://localhost:8288";
const cloudEventUrl = "https://inn.gs";

/**
 * A real Inngest server, told by the SDK's own variables: INNGEST_BASE_URL, INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY,
 * or INNGEST_DEV. The app registers itself, as after a deploy: PUT to its own endpoint.
 */
export function externalEngine(env: NodeJS.ProcessEnv): Engine {
  const isDev = isDevServer(env);
  const devUrl = URL.canParse(env["INNGEST_DEV"] ?? "") ? env["INNGEST_DEV"] : devServerUrl;
  const base =
    env["INNGEST_EVENT_API_BASE_URL"] ?? env["INNGEST_BASE_URL"] ?? (isDev ? devUrl : cloudEventUrl);
  const eventKey = env["INNGEST_EVENT_KEY"] ?? "conformance";
  return {
    name: `the Inngest server at ${new URL(base ?? cloudEventUrl).host}`,
    environment: {},
    eventUrl: new URL(`/e/${eventKey}`, base).href,
    isSigning: !isDev,
    async start(appUrl) {
      const response = await fetch(appUrl, { method: "PUT" });
      if (!response.ok) throw new Error(`The app could not register itself: ${await response.text()}`);
    },
    stop: async () => {},
    end: async () => {},
  };
}
