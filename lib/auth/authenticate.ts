import { AppError } from "#lib/core/app-error.ts";
import type { Principal } from "#lib/core/principal.ts";
import { authenticateCookie } from "./authenticate-cookie.ts";
import { authenticateJwt } from "./authenticate-jwt.ts";
import { INTERNAL_TOKEN_PREFIX, redeemInternalToken } from "./internal-tokens.ts";
import { readSessionCookie } from "./session-cookie.ts";

/** Schemes by which a browser is known to a proxy in front of us, not to us. */
const PROXY_SCHEMES = /^(basic|digest|negotiate|ntlm)\s/i;

/**
 * Establishes who sent a request: this process itself by a token that it has just made; anybody else by
 * `Authorization: Bearer <JWT>` (the word Bearer may be missing), else by the console's sign-in cookie.
 * Throws AppError `unauthenticated` with the wire's sentence when it is nobody we know.
 */
export async function authenticateRequest(request: Request): Promise<Principal> {
  const given = request.headers.get("authorization") ?? "";
  const token = PROXY_SCHEMES.test(given) ? "" : given.replace(/^bearer(\s+|$)/i, "");
  if (token.startsWith(INTERNAL_TOKEN_PREFIX)) return redeemInternalToken(token);
  if (token !== "") return authenticateJwt(token);
  const cookie = readSessionCookie(request.headers.get("cookie"));
  if (cookie !== null) return authenticateCookie(request, cookie);
  throw new AppError("unauthenticated", "Authorization header missing");
}
