import { dataSecret } from "#lib/db/encryption-key.ts";
import { environment } from "#lib/env.ts";
import { isExternal, isExternalDevelopment } from "./is-external.ts";

/** Where events go and calls come from, and with which keys. */
interface ClientKeys {
  baseUrl: string | undefined;
  eventKey: string | undefined;
  signingKey: string | undefined;
  signingKeyFallback: string | undefined;
  /** True where nothing is signed; only with an operator's own development server. */
  isDev: boolean;
}

/**
 * The client's address and keys. For the embedded engine they are derived from the installation's root secret, which
 * is made when it is first asked for: never while pages are being built.
 */
export function clientKeys(): ClientKeys {
  if (isExternal()) return externalKeys();
  const signingKey = `signkey-gatehouse-${dataSecret("inngest-signing-key").toString("hex")}`;
  return {
    baseUrl: "http://inngest.embedded",
    eventKey: dataSecret("inngest-event-key").toString("hex"),
    signingKey,
    signingKeyFallback: signingKey,
    isDev: false,
  };
}

function externalKeys(): ClientKeys {
  const settings = environment();
  const { INNGEST_DEV } = settings;
  const developmentUrl = INNGEST_DEV !== undefined && URL.canParse(INNGEST_DEV) ? INNGEST_DEV : undefined;
  return {
    baseUrl: settings.INNGEST_BASE_URL ?? developmentUrl,
    eventKey: settings.INNGEST_EVENT_KEY,
    signingKey: settings.INNGEST_SIGNING_KEY,
    signingKeyFallback: settings.INNGEST_SIGNING_KEY_FALLBACK,
    isDev: isExternalDevelopment(),
  };
}
