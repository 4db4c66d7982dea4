import { processSingleton } from "#lib/core/process-singleton.ts";
import type { JwtClaims } from "./verify-jwt.ts";

/** How long a verification is believed: an expired token is refused at most this much later than its leeway says. */
const BELIEVED_MS = 5_000;
const MOST_TOKENS = 1_000;

/**
 * Returns the claims of a token, verified at most once in 5 s: a verification costs a third of a millisecond, which is
 * a tenth of a short run. Only what was verified is kept; a refusal is worked out anew each time.
 */
export async function verifiedClaims(
  token: string,
  verify: (token: string) => Promise<JwtClaims>,
  nowMs: number = performance.now(),
): Promise<JwtClaims> {
  const known = processSingleton(
    "verified-claims",
    () => new Map<string, { claims: JwtClaims; untilMs: number }>(),
  );
  const found = known.get(token);
  if (found !== undefined && found.untilMs > nowMs) return found.claims;
  known.delete(token);
  const claims = await verify(token);
  // The oldest entry goes first: a Map keeps the order in which its keys came.
  const oldest = known.keys().next().value;
  if (known.size >= MOST_TOKENS && oldest !== undefined) known.delete(oldest);
  known.set(token, { claims, untilMs: nowMs + BELIEVED_MS });
  return claims;
}
