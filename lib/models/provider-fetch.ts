import { Agent, fetch as undiciFetch } from "undici";
import { processSingleton } from "#lib/core/process-singleton.ts";
import { boundedResponse } from "./bounded-response.ts";

const CONNECT_TIMEOUT_MS = 10_000;
/** A local model may think for minutes before its first byte; the runtime's own timeouts are the shorter ones. */
const SILENCE_TIMEOUT_MS = 900_000;
const LONGEST_ERROR_BODY = 64_000;

/**
 * A fetch for one provider's calls. Redirects are not followed, so the key goes to the configured address only, and
 * an error's body comes back with the key blanked out, in case the server repeats it; no body is endless. Private addresses are reachable on
 * purpose: local model servers live there, and only administrators enter the address of a connection.
 */
export function providerFetch(apiKey: string | null): typeof globalThis.fetch {
  const dispatcher = processSingleton(
    "provider-agent",
    () =>
      new Agent({
        connect: { timeout: CONNECT_TIMEOUT_MS },
        headersTimeout: SILENCE_TIMEOUT_MS,
        bodyTimeout: SILENCE_TIMEOUT_MS,
      }),
  );
  // Not the global fetch: Next replaces that one with a caching one. The two libraries' types differ in name only.
  const send = undiciFetch as unknown as typeof globalThis.fetch;
  return async (input, init) => {
    const response = boundedResponse(
      await send(input, { ...init, redirect: "manual", dispatcher } as RequestInit),
    );
    if (response.ok || apiKey === null) return response;
    const body = (await response.text()).slice(0, LONGEST_ERROR_BODY).replaceAll(apiKey, "[key]");
    return new Response(body, { status: response.status, headers: { ...withoutLength(response.headers) } });
  };
}

function withoutLength(headers: Headers): Record<string, string> {
  const { "content-length": _length, "content-encoding": _encoding, ...rest } = Object.fromEntries(headers);
  return rest;
}
