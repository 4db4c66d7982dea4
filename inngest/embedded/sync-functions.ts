import canonicalize from "canonicalize";
import { z } from "zod";
import type { ServedFunctions } from "./call-function.ts";
import { type FunctionConfig, readFunctionConfig } from "./function-config.ts";
import { sign } from "./signature.ts";

const syncedSchema = z.object({ app_id: z.string(), functions: z.array(z.unknown()) });

/**
 * Asks the serve handler which functions it has (the SDK's in-band sync). Throws an Error with a sentence when it does
 * not answer, or when a function wants something that the engine does not have.
 */
export async function syncFunctions(
  served: ServedFunctions,
): Promise<{ appId: string; functions: FunctionConfig[] }> {
  const body = canonicalize({ url: served.url }) ?? "{}";
  const request = new Request(served.url, {
    method: "PUT",
    headers: {
      "content-type": "application/json",
      // The SDK's web handler reads it even where the URL is complete.
      host: new URL(served.url).host,
      "x-inngest-sync-kind": "in_band",
      "x-inngest-server-kind": "cloud",
      "x-inngest-signature": sign(served.signingKey, body, Date.now()),
    },
    body,
  });
  const response = await served.send(request);
  const text = await response.text();
  if (response.status !== 200) {
    throw new Error(`The functions could not be listed: status ${response.status}, ${text.slice(0, 500)}`);
  }
  const { app_id: appId, functions } = syncedSchema.parse(JSON.parse(text));
  return { appId, functions: functions.map(readFunctionConfig) };
}
