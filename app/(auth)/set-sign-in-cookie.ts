import { cookies } from "next/headers";
import { sessionCookie } from "#lib/auth/session-cookie.ts";

/** Gives the browser its sign-in cookie. */
export async function setSignInCookie(value: string): Promise<void> {
  const { name, options } = sessionCookie();
  (await cookies()).set(name, value, options);
}
