import { isLoopbackAddress } from "#lib/core/is-loopback-address.ts";

/**
 * The address that a request comes from, as the last hop before us wrote it: a proxy's last entry, else the connection's
 * own, which the server puts there. Empty when unknown.
 */
export function clientAddress(headers: Headers): string {
  return forwardedFor(headers).at(-1) ?? "";
}

/** True when a request was made on this machine to this machine's own name, and no proxy brought it from elsewhere. */
export function isLoopbackRequest(headers: Headers): boolean {
  const host = headers.get("x-forwarded-host") ?? headers.get("host") ?? "";
  const isOurs = URL.canParse(`http://${host}`) && isLoopbackAddress(new URL(`http://${host}`).hostname);
  return isOurs && forwardedFor(headers).every(isLoopbackAddress);
}

function forwardedFor(headers: Headers): string[] {
  const text = headers.get("x-forwarded-for") ?? "";
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
