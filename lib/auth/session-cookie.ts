import { environment } from "#lib/env.ts";
import { SIGN_IN_SECONDS } from "./session-token.ts";

interface SessionCookie {
  name: string;
  options: { httpOnly: true; sameSite: "lax"; path: "/"; secure: boolean; maxAge: number };
}

/**
 * The sign-in cookie's name and flags. It is `Secure` where GATEHOUSE_URL is https; without that setting people may
 * come by plain http (this machine, a private network), where a browser would drop a `Secure` cookie.
 */
export function sessionCookie(): SessionCookie {
  const secure = environment().GATEHOUSE_URL?.toLowerCase().startsWith("https://") === true;
  return {
    name: secure ? "__Host-gatehouse.session" : "gatehouse.session",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure, maxAge: SIGN_IN_SECONDS },
  };
}

/** Returns the sign-in cookie's value from a Cookie header, or null. */
export function readSessionCookie(cookieHeader: string | null): string | null {
  const prefix = `${sessionCookie().name}=`;
  const pair = cookieHeader?.split(/; */).find((part) => part.startsWith(prefix));
  return pair === undefined || pair === prefix ? null : pair.slice(prefix.length);
}
