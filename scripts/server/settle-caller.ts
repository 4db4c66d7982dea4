import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { isLoopbackAddress } from "#lib/core/is-loopback-address.ts";
import { LOCAL_CALLER_HEADER } from "#lib/core/local-caller-header.ts";
import { plainAddress, type ProxyTrust } from "./trusted-proxies.ts";

/** What proxies add, and clients may make up. */
const CLAIMS = ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded"];

// Next asks us for the page that a form leads to, with all headers of the form's request: those that we wrote are no
// proxy's. A stranger's is not believed either way.
const SETTLED_HEADER = "x-gatehouse-settled";

/**
 * Makes the headers that say who calls, and by which name, say what is known: x-forwarded-for becomes the one address
 * of the client, x-forwarded-host and x-forwarded-proto the name and protocol that it used. What proxies tell counts
 * only as far back as each hop is trusted. A request is marked as this machine's own when nothing in it, believed or
 * not, says otherwise. Returns the address of a proxy whose word did not count, else null.
 */
export function settleCaller(request: IncomingMessage, isTrusted: ProxyTrust): string | null {
  const { headers, socket } = request;
  const peer = plainAddress(socket.remoteAddress ?? "") ?? "";
  const isLocal = [peer, ...claimedAddresses(headers)].every(isLoopbackAddress) && isNamedLocally(headers);
  const isClaimed =
    headers[SETTLED_HEADER] === undefined && CLAIMS.some((name) => headers[name] !== undefined);

  const { address, hops } = clientOf(peer, entries(headers["x-forwarded-for"]), isTrusted);
  const claimedHost = claimBy(hops, headers["x-forwarded-host"]);
  const host = claimedHost !== undefined && isHost(claimedHost) ? claimedHost : headers.host;
  const isHttps = claimBy(hops, headers["x-forwarded-proto"])?.toLowerCase() === "https";
  headers["x-forwarded-for"] = address;
  headers["x-forwarded-proto"] = isHttps ? "https" : "http";
  if (host === undefined) delete headers["x-forwarded-host"];
  else headers["x-forwarded-host"] = host;
  delete headers["x-forwarded-port"];
  delete headers[LOCAL_CALLER_HEADER];
  if (isLocal) headers[LOCAL_CALLER_HEADER] = "1";
  headers[SETTLED_HEADER] = "1";
  return isClaimed && hops === 0 ? peer : null;
}

/** The nearest address that is not a trusted proxy's, and how many trusted proxies lie between it and us. */
function clientOf(
  peer: string,
  forwardedFor: readonly string[],
  isTrusted: ProxyTrust,
): { address: string; hops: number } {
  let address = peer;
  let hops = 0;
  for (const claimed of forwardedFor.toReversed()) {
    if (!isTrusted(address)) break;
    hops += 1;
    const next = plainAddress(claimed);
    // Words such as "unknown": nobody is known beyond the hop that wrote them.
    if (next === null) return { address, hops };
    address = next;
  }
  // A proxy that does not say for whom it asks may still tell the name and the protocol.
  return { address, hops: Math.max(hops, isTrusted(peer) ? 1 : 0) };
}

/** What the outermost of the trusted proxies wrote, when each added to the list or one wrote it alone. */
function claimBy(hops: number, value: string | string[] | undefined): string | undefined {
  const all = entries(value);
  return hops === 0 ? undefined : all[Math.max(0, all.length - hops)];
}

function claimedAddresses(headers: IncomingHttpHeaders): string[] {
  // The standard's own header has a grammar of its own; whoever uses it is no local caller.
  const others = headers.forwarded === undefined ? [] : [headers.forwarded];
  return [...entries(headers["x-forwarded-for"]), ...entries(headers["x-real-ip"]), ...others];
}

function isNamedLocally(headers: IncomingHttpHeaders): boolean {
  return [headers.host ?? "", ...entries(headers["x-forwarded-host"])].every(
    (host) => isHost(host) && isLoopbackAddress(new URL(`http://${host}`).hostname),
  );
}

function isHost(text: string): boolean {
  return /^[^\s/\\?#@]+$/.test(text) && URL.canParse(`http://${text}`);
}

function entries(value: string | string[] | undefined): string[] {
  return [value ?? []]
    .flat()
    .join(",")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}
