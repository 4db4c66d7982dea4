/**
 * True when a request with a cookie comes from one of our own pages (or, for reading, from nobody's page: a typed
 * address). Browsers say where a request comes from in Sec-Fetch-Site, and on plain http at least in Origin for
 * everything that changes something; a page cannot forge either. `publicUrl` is the address people use, behind a proxy.
 */
export function isSameOrigin(request: Request, publicUrl: string | undefined): boolean {
  const reading = request.method === "GET" || request.method === "HEAD";
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || (site === "none" && reading);
  const origin = request.headers.get("origin");
  if (origin === null) return reading;
  if (publicUrl !== undefined && URL.canParse(publicUrl) && origin === new URL(publicUrl).origin) return true;
  if (!URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  // The listener in front of Next has put the second there: the name that people use, where a trusted proxy told it.
  return host === request.headers.get("host") || host === request.headers.get("x-forwarded-host");
}
