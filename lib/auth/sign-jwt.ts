import { SignJWT } from "jose";
import type { JwtKey } from "./jwt-key.ts";

interface NewJwt {
  /** Whose sessions the bearer uses; null for an administrator's token that names them per request. */
  subject: string | null;
  scopes: readonly string[];
  audience: string;
  /** How long it counts from now. */
  lifetimeSeconds: number;
}

/** Signs a token that `verifyJwt` accepts. The key must be an HS256 secret. */
export async function signJwt(jwt: NewJwt, { key }: JwtKey): Promise<string> {
  const nowSeconds = Math.floor(Date.now() / 1_000);
  const token = new SignJWT({ scopes: jwt.scopes })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setAudience(jwt.audience)
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + jwt.lifetimeSeconds);
  if (jwt.subject !== null) token.setSubject(jwt.subject);
  return token.sign(key);
}
