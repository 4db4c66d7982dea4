import { clientAddress } from "#lib/auth/client-address.ts";
import type { Visitor } from "./sign-in.ts";

/** Where a request comes from, by its headers. */
export function visitorOf(headers: Headers): Visitor {
  return { address: clientAddress(headers), userAgent: headers.get("user-agent") };
}
