import { processSingleton } from "#lib/core/process-singleton.ts";
import { createRateLimiter, type RateLimiter } from "#lib/core/rate-limiter.ts";
import { tooManyTries } from "./too-many-tries.ts";

const PER_MINUTE = 10;
/** Against one e-mail from many addresses, or from one that claims to be many. */
const PER_MINUTE_AND_EMAIL = 60;

interface SignInLimits {
  byCaller: RateLimiter;
  byEmail: RateLimiter;
}

function limits(): SignInLimits {
  return processSingleton("sign-in-limits", () => ({
    byCaller: createRateLimiter(PER_MINUTE, () => performance.now()),
    byEmail: createRateLimiter(PER_MINUTE_AND_EMAIL, () => performance.now()),
  }));
}

/** Counts a try to sign in or up (10 a minute for an e-mail and address). Throws `rate_limited` beyond. */
export function countTry(email: string, address: string): void {
  const { byCaller, byEmail } = limits();
  const wait = [byCaller.take(`${email} ${address}`), byEmail.take(email)]
    .map((answer) => answer.retryAfterSeconds ?? 0)
    .reduce((a, b) => Math.max(a, b));
  if (wait > 0) throw tooManyTries(wait);
}

/** A success: earlier tries of the same person no longer count. */
export function forgetTries(email: string, address: string): void {
  limits().byCaller.forget(`${email} ${address}`);
}
