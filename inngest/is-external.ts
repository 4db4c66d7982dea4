import { environment } from "#lib/env.ts";

/**
 * Whether durable work goes to an Inngest server or to Inngest Cloud: any of INNGEST_BASE_URL, INNGEST_EVENT_KEY,
 * INNGEST_SIGNING_KEY and INNGEST_DEV is set. Otherwise the embedded engine does it in this process.
 */
export function isExternal(): boolean {
  const settings = environment();
  return (
    settings.INNGEST_BASE_URL !== undefined ||
    settings.INNGEST_EVENT_KEY !== undefined ||
    settings.INNGEST_SIGNING_KEY !== undefined ||
    isExternalDevelopment()
  );
}

/** Whether that server is a development server, which signs nothing. */
export function isExternalDevelopment(): boolean {
  const { INNGEST_DEV } = environment();
  return INNGEST_DEV !== undefined && !["0", "false"].includes(INNGEST_DEV.toLowerCase());
}
