import { processSingleton } from "#lib/core/process-singleton.ts";

/**
 * Sends a request to this installation's own API and returns its answer. Host and scheme of the request's URL do not
 * count. Rejects when the server is not there.
 */
export type OwnApi = (request: Request) => Promise<Response>;

const holder = () => processSingleton<{ api: OwnApi | null }>("own-api", () => ({ api: null }));

/** The way to this process's own API; null where no server is running. */
export function ownApi(): OwnApi | null {
  return holder().api;
}

/** Tells this process how it reaches its own API; null when its server stops. For the server's start and tests. */
export function registerOwnApi(api: OwnApi | null): void {
  holder().api = api;
}
