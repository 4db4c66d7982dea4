import { environment } from "#lib/env.ts";

/** The address under which people reach us: GATEHOUSE_URL, else the one that this request names. */
export function publicOrigin(headers: Headers): string {
  const { GATEHOUSE_URL } = environment();
  if (GATEHOUSE_URL !== undefined) return new URL(GATEHOUSE_URL).origin;
  const protocol = headers.get("x-forwarded-proto") ?? "http";
  const host = headers.get("x-forwarded-host") ?? headers.get("host") ?? "localhost";
  return URL.parse(`${protocol}://${host}`)?.origin ?? "http://localhost";
}
