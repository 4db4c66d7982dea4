import ipaddr from "ipaddr.js";
import { AppError } from "#lib/core/app-error.ts";

/** Tells whether an address, in the form that `plainAddress` gives, is a proxy's whose word counts. */
export type ProxyTrust = (address: string) => boolean;

/**
 * Reads the operator's comma-separated list of proxies, addresses such as 10.0.0.7 or ranges such as 10.0.0.0/8.
 * Nobody is trusted without one. Throws `invalid` with a sentence for an entry that is neither.
 */
export function trustedProxies(configured: string | undefined): ProxyTrust {
  const ranges = (configured ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "")
    .map(rangeOf);
  return (address) => {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return ranges.some(([base, bits]) => base.kind() === parsed.kind() && parsed.match(base, bits));
  };
}

/**
 * The one spelling of an address: IPv4 inside IPv6 as IPv4, brackets and a port left out. Null for what is no address.
 */
export function plainAddress(text: string): string | null {
  const address = /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) && !ipaddr.IPv6.isValid(address)) return null;
  return ipaddr.process(address).toString();
}

function rangeOf(entry: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry);
  const address = plainAddress(entry);
  if (address === null) {
    throw new AppError(
      "invalid",
      `TRUSTED_PROXIES must be addresses such as 10.0.0.7 or ranges such as 10.0.0.0/8, with commas; '${entry}' is neither.`,
    );
  }
  const parsed = ipaddr.parse(address);
  return [parsed, parsed.kind() === "ipv4" ? 32 : 128];
}
