import { Inngest } from "inngest";
import { clientKeys } from "./client-keys.ts";
import { embeddedEngine } from "./embedded-engine.ts";
import { isExternal } from "./is-external.ts";
import { sdkLogger } from "./sdk-logger.ts";

/**
 * The one Inngest client. Functions are made with `inngest.createFunction` in a file each and listed in functions.ts;
 * the outbox relay alone sends events with it. Address and keys are getters: the SDK asks for them when it needs them,
 * so importing this file reads no setting and makes no key.
 */
export const inngest = new Inngest({
  id: "gatehouse",
  get baseUrl() {
    return clientKeys().baseUrl;
  },
  get eventKey() {
    return clientKeys().eventKey;
  },
  get signingKey() {
    return clientKeys().signingKey;
  },
  get signingKeyFallback() {
    return clientKeys().signingKeyFallback;
  },
  get isDev() {
    return clientKeys().isDev;
  },
  fetch: (input, init) => (isExternal() ? fetch(input, init) : embeddedEngine().fetch(input, init)),
  logger: sdkLogger,
});
