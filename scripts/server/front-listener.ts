import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { answerCors } from "./answer-cors.ts";
import { foreignRefusal } from "./foreign-refusal.ts";
import { malformedTarget } from "./malformed-target.ts";
import type { ApiMatcher } from "./match-api-route.ts";
import { sendJson } from "./send-json.ts";
import { setSecurityHeaders } from "./set-security-headers.ts";
import { settleCaller } from "./settle-caller.ts";
import type { ProxyTrust } from "./trusted-proxies.ts";

export interface FrontListenerParts {
  /** Next's request handler. */
  next: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  matchApi: ApiMatcher;
  corsOrigins: ReadonlySet<string>;
  isTrustedProxy: ProxyTrust;
  /** Told the address of a proxy whose word about its client did not count. */
  onDistrustedProxy: (address: string) => void;
}

/**
 * Makes the listener in front of Next. It answers what Next would answer badly or not in the API's shape: malformed
 * URLs, unknown API paths and methods, preflights. An API path is served with and without a trailing slash. What Next
 * reads in the headers about the caller is known, not claimed.
 */
export function frontListener(parts: FrontListenerParts): RequestListener {
  return (request, response) => {
    const target = request.url ?? "";
    const malformed = malformedTarget(target);
    const distrusted = settleCaller(request, parts.isTrustedProxy);
    if (distrusted !== null) parts.onDistrustedProxy(distrusted);
    setSecurityHeaders(response);
    if (request.headers.host === undefined && request.httpVersion === "1.1") {
      return sendJson(response, 400, { detail: "The request names no host" });
    }
    if (malformed !== null) return sendJson(response, malformed.status, { detail: malformed.detail });
    if (isApi(target)) {
      if (answerApi(request, response, target, parts)) return;
    } else if (refuseForeign(request, response)) return;
    parts.next(request, response).catch((error: unknown) => {
      console.error(error);
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { detail: "Internal Server Error" });
    });
  };
}

function isApi(target: string): boolean {
  return target.startsWith("/api") && (target.length === 4 || target[4] === "/" || target[4] === "?");
}

/** Returns true when the request is answered; else its URL is what Next routes on. */
function answerApi(
  request: IncomingMessage,
  response: ServerResponse,
  target: string,
  parts: FrontListenerParts,
): boolean {
  if (answerCors(request, response, parts.corsOrigins)) return true;
  const queryStart = target.indexOf("?");
  const rawPath = queryStart === -1 ? target : target.slice(0, queryStart);
  const path = rawPath.replace(/\/+$/, "");
  if (path.length !== rawPath.length) request.url = path + target.slice(rawPath.length);
  // next-auth would write whatever anybody sends there into our log.
  if (path === "/api/auth/_log") {
    sendJson(response, 404, { detail: "Not Found" });
    return true;
  }
  // Sign-in routes belong to next-auth, which answers for all paths below its own, and one path to the Inngest SDK.
  if (path.startsWith("/api/auth/") || path === "/api/inngest") return refuseForeign(request, response);
  const methods = parts.matchApi(path.slice("/api".length));
  if (methods === null) {
    sendJson(response, 404, { detail: "Not Found" });
    return true;
  }
  if (request.method === "OPTIONS") {
    response.writeHead(204, { allow: methods.join(", ") }).end();
    return true;
  }
  if (!methods.includes(request.method ?? "")) {
    response.setHeader("allow", methods.join(", "));
    sendJson(response, 405, { detail: "Method Not Allowed" });
    return true;
  }
  return false;
}

/** Returns true when the request is answered because the code behind us that is not ours must not get it. */
function refuseForeign(request: IncomingMessage, response: ServerResponse): boolean {
  const refusal = foreignRefusal(request);
  if (refusal === null) return false;
  if (refusal.allow !== undefined) response.setHeader("allow", refusal.allow);
  sendJson(response, refusal.status, { detail: refusal.detail });
  return true;
}
