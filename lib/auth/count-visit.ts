import ipaddr from "ipaddr.js";
import { processSingleton } from "#lib/core/process-singleton.ts";
import { createRateLimiter } from "#lib/core/rate-limiter.ts";
import { tooManyTries } from "./too-many-tries.ts";

/** An office behind one address signs in slower than this. */
const PER_MINUTE_AND_NETWORK = 100;

/**
 * Counts a try to sign in or up by where it comes from, whoever it names: each costs a check of a password. Only public
 * addresses are counted, because a private one may be a proxy that nobody told us to trust, which all people share.
 * Throws `rate_limited` beyond 100 a minute.
 */
export function countVisit(address: string): void {
  const network = publicNetworkOf(address);
  if (network === null) return;
  const visits = processSingleton("sign-in-visits", () =>
    createRateLimiter(PER_MINUTE_AND_NETWORK, () => performance.now()),
  );
  const { retryAfterSeconds } = visits.take(network);
  if (retryAfterSeconds !== null) throw tooManyTries(retryAfterSeconds);
}

/** An IPv4 address, or the /64 of an IPv6 one, of which a single subscriber has all addresses. */
function publicNetworkOf(address: string): string | null {
  if (!ipaddr.isValid(address)) return null;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== "unicast") return null;
  const text = parsed.toString();
  return parsed.kind() === "ipv4" ? text : ipaddr.IPv6.networkAddressFromCIDR(`${text}/64`).toString();
}
