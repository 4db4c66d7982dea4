import { lookup as systemLookup, type LookupAddress } from "node:dns";
import { isIP } from "node:net";
import { Agent, fetch as undiciFetch, type Response } from "undici";
import { isPublicAddress } from "./is-public-address.ts";

const MOST_REDIRECTS = 5;
const CONNECT_TIMEOUT_MS = 10_000;

/** Resolves a name to all its addresses; node's own outside of tests. */
type Resolve = (
  hostname: string,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export interface GuardedFetchOptions {
  /** Origins that may be reached although they are private, such as `http://localhost:8080`. */
  privateOrigins: ReadonlySet<string>;
  resolve?: Resolve;
}

/** What a guarded fetch came back with, after its redirects. */
export interface GuardedAnswer {
  /** The address that answered. */
  url: string;
  response: Response;
}

/** What is sent, where something is: otherwise a page is asked for. */
export interface GuardedRequest {
  method: "POST" | "PUT" | "PATCH" | "DELETE";
  headers: Record<string, string>;
  body?: string;
}

/** A redirect is followed for a page only: sending the same thing again to another address is not ours to decide. */
export type GuardedFetch = (
  url: string,
  signal: AbortSignal,
  request?: GuardedRequest,
) => Promise<GuardedAnswer>;

/** Thrown for an address that may not be reached; the message is for the person. */
export class ForbiddenAddressError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = "ForbiddenAddressError";
  }
}

/**
 * Makes the one way to addresses that users or models give: http and https without credentials, to public addresses
 * only. The address is checked where the connection is made, so a name that changes its mind between look-up and
 * connection gains nothing; every redirect passes the same check.
 */
export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const resolve = options.resolve ?? resolveBySystem;
  const guarded = new Agent({
    connect: {
      timeout: CONNECT_TIMEOUT_MS,
      lookup(hostname, lookupOptions, callback) {
        resolve(hostname, (error, addresses) => {
          if (error !== null) return callback(error, []);
          const forbidden = addresses.find(({ address }) => !isPublicAddress(address));
          if (forbidden !== undefined || addresses.length === 0) {
            return callback(new ForbiddenAddressError(`${hostname} is not on the public internet.`), []);
          }
          if (lookupOptions.all === true) return callback(null, addresses);
          const [first] = addresses;
          return callback(null, first?.address ?? "", first?.family ?? 4);
        });
      },
    },
  });
  const open = new Agent({ connect: { timeout: CONNECT_TIMEOUT_MS } });

  async function once(url: URL, signal: AbortSignal, request: GuardedRequest | undefined): Promise<Response> {
    const allowed = options.privateOrigins.has(url.origin);
    if (!allowed) refuseLiteral(url);
    try {
      return await undiciFetch(url, {
        ...request,
        redirect: "manual",
        signal,
        dispatcher: allowed ? open : guarded,
        headers: {
          accept: "text/html, text/*, application/json;q=0.9, */*;q=0.1",
          "user-agent": "Gatehouse",
          ...request?.headers,
        },
      });
    } catch (error) {
      for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
        if (cause instanceof ForbiddenAddressError) throw cause;
      }
      throw error;
    }
  }

  return async (address, signal, request) => {
    let url = parseAddress(address);
    if (request !== undefined) return { url: url.href, response: await once(url, signal, request) };
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const response = await once(url, signal, undefined);
      const target = response.headers.get("location");
      if (response.status < 300 || response.status > 399 || target === null)
        return { url: url.href, response };
      await response.body?.cancel();
      url = parseAddress(target, url);
    }
    throw new Error(`The address redirects more than ${MOST_REDIRECTS} times.`);
  };
}

function parseAddress(address: string, base?: URL): URL {
  const url = URL.canParse(address, base?.href) ? new URL(address, base?.href) : null;
  if (url === null) throw new ForbiddenAddressError("This is not a web address.");
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new ForbiddenAddressError("Only http and https addresses can be fetched.");
  }
  if (url.username !== "" || url.password !== "") {
    throw new ForbiddenAddressError("An address with a user name or password is not fetched.");
  }
  return url;
}

/** A literal address is connected to without a look-up, so it is checked here. */
function refuseLiteral(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && !isPublicAddress(host)) {
    throw new ForbiddenAddressError(`${host} is not on the public internet.`);
  }
}

const resolveBySystem: Resolve = (hostname, callback) => {
  systemLookup(hostname, { all: true, verbatim: true }, callback);
};
