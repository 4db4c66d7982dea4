import type { OwnApi } from "#lib/server/own-api.ts";

/**
 * Makes the way in which this process calls its own API: over HTTP to the address where it listens, so that what it
 * asks for passes every door that a stranger's request passes.
 */
export function sendToSelf(origin: string): OwnApi {
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    const hasBody = request.method !== "GET" && request.body !== null;
    return fetch(`${origin}${pathname}${search}`, {
      method: request.method,
      headers: request.headers,
      redirect: "manual",
      signal: request.signal,
      ...(hasBody ? { body: await request.text() } : {}),
    });
  };
}
