import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { processSingleton } from "#lib/core/process-singleton.ts";
import { dataSecret } from "#lib/db/encryption-key.ts";

/** How long a sign-in lasts, in seconds: 30 days. */
export const SIGN_IN_SECONDS = 30 * 24 * 60 * 60;

/** What the sign-in cookie says; the row of `authSessionId` decides whether it still counts. */
export interface SessionToken {
  userId: string;
  authSessionId: string;
}

const claimsSchema = z.object({ sub: z.string().min(1), sid: z.string().min(1) });

/** Signs the value of the sign-in cookie. */
export async function encodeSessionToken(token: SessionToken): Promise<string> {
  return new SignJWT({ sid: token.authSessionId })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(token.userId)
    .setIssuedAt()
    .setExpirationTime(`${SIGN_IN_SECONDS} s`)
    .sign(await cookieKey());
}

/** Returns what a cookie's value says, or null when we did not sign it or its time is over. */
export async function decodeSessionToken(value: string): Promise<SessionToken | null> {
  try {
    const { payload } = await jwtVerify(value, await cookieKey(), { algorithms: ["HS256"] });
    const claims = claimsSchema.parse(payload);
    return { userId: claims.sub, authSessionId: claims.sid };
  } catch {
    return null;
  }
}

function cookieKey(): Promise<CryptoKey> {
  return processSingleton("session-token-key", () => {
    const hmac = { name: "HMAC", hash: "SHA-256" };
    return crypto.subtle.importKey("raw", new Uint8Array(dataSecret("next-auth")), hmac, false, [
      "sign",
      "verify",
    ]);
  });
}
