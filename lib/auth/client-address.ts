import { LOCAL_CALLER_HEADER } from "#lib/core/local-caller-header.ts";

/** The address that a request comes from, as the listener in front of Next knows it. Empty when unknown. */
export function clientAddress(headers: Headers): string {
  return headers.get("x-forwarded-for") ?? "";
}

/** True when a request was made on this machine to this machine's own name, and no proxy brought it from elsewhere. */
export function isLoopbackRequest(headers: Headers): boolean {
  return headers.get(LOCAL_CALLER_HEADER) !== null;
}
