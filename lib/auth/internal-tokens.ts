import { randomBytes } from "node:crypto";
import { AppError } from "#lib/core/app-error.ts";
import type { Principal } from "#lib/core/principal.ts";
import { processSingleton } from "#lib/core/process-singleton.ts";

/** What such a token begins with; no JWT does. */
export const INTERNAL_TOKEN_PREFIX = "gh_internal_";

/** A call of this process's own API begins at once; a token that was not used by then never will be. */
const LIFETIME_MS = 30_000;

interface Issued {
  principal: Principal;
  untilMs: number;
}

/** Only in this process's memory: nothing to read from a disk, nothing to forge, nothing that another process takes. */
function issued(): Map<string, Issued> {
  return processSingleton("internal-tokens", () => new Map<string, Issued>());
}

/** Makes a token with which this process may call its own API once, within 30 s, as `principal`. */
export function issueInternalToken(principal: Principal, nowMs: number = performance.now()): string {
  const tokens = issued();
  for (const [token, { untilMs }] of tokens) if (untilMs <= nowMs) tokens.delete(token);
  const token = `${INTERNAL_TOKEN_PREFIX}${randomBytes(32).toString("base64url")}`;
  tokens.set(token, { principal, untilMs: nowMs + LIFETIME_MS });
  return token;
}

/** Takes a token and returns whose it was. Throws `unauthenticated` when it is none, used or too old. */
export function redeemInternalToken(token: string, nowMs: number = performance.now()): Principal {
  const tokens = issued();
  const found = tokens.get(token);
  tokens.delete(token);
  if (found === undefined || found.untilMs <= nowMs) {
    throw new AppError("unauthenticated", "Invalid token: It is not a signed token");
  }
  return found.principal;
}
