import ipaddr from "ipaddr.js";
import { AppError } from "#lib/core/app-error.ts";
import { processSingleton } from "#lib/core/process-singleton.ts";
import { createRateLimiter, type RateLimiter } from "#lib/core/rate-limiter.ts";

const PER_MINUTE = 10;
/** Against one e-mail from many addresses, or from one that claims to be many. */
const PER_MINUTE_AND_EMAIL = 60;
/** Against one address that tries many e-mails; an office behind one address signs in slower than this. */
const PER_MINUTE_AND_NETWORK = 100;

interface SignInLimits {
  byCaller: RateLimiter;
  byEmail: RateLimiter;
  byNetwork: RateLimiter;
}

function limits(): SignInLimits {
  return processSingleton("sign-in-limits", () => ({
    byCaller: createRateLimiter(PER_MINUTE, () => performance.now()),
    byEmail: createRateLimiter(PER_MINUTE_AND_EMAIL, () => performance.now()),
    byNetwork: createRateLimiter(PER_MINUTE_AND_NETWORK, () => performance.now()),
  }));
}

/**
 * Counts a try to sign in or up by where it comes from, whoever it names: each costs a check of a password. Only public
 * addresses are counted, because a private one may be a proxy that nobody told us to trust, which all people share.
 * Throws `rate_limited` beyond 100 a minute.
 */
export function countVisit(address: string): void {
  const network = publicNetworkOf(address);
  if (network !== null) refuse(limits().byNetwork.take(network).retryAfterSeconds);
}

/** An IPv4 address, or the /64 of an IPv6 one, of which a single subscriber has all addresses. */
function publicNetworkOf(address: string): string | null {
  if (!ipaddr.isValid(address)) return null;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== "unicast") return null;
  const text = parsed.toString();
  return parsed.kind() === "ipv4" ? text : ipaddr.IPv6.networkAddressFromCIDR(`${text}/64`).toString();
}

/** Counts a try to sign in or up (10 a minute for an e-mail and address). Throws `rate_limited` beyond. */
export function countTry(email: string, address: string): void {
  const { byCaller, byEmail } = limits();
  const wait = [byCaller.take(`${email} ${address}`), byEmail.take(email)]
    .map((answer) => answer.retryAfterSeconds ?? 0)
    .reduce((a, b) => Math.max(a, b));
  refuse(wait);
}

function refuse(wait: number | null): void {
  if (wait === null || wait === 0) return;
  throw new AppError("rate_limited", `Too many tries. Wait ${wait} s, then try again.`, {
    headers: { "retry-after": String(wait) },
  });
}

/** A success: earlier tries of the same person no longer count. */
export function forgetTries(email: string, address: string): void {
  limits().byCaller.forget(`${email} ${address}`);
}
