import type { IncomingMessage, ServerResponse } from "node:http";
import { sendJson } from "./send-json.ts";

const allMethods = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";
const preflightSeconds = 600;

/**
 * Sets the CORS headers of an API answer, whatever its status will be, and answers a preflight.
 * Returns true when the request is done. `*` in the list allows every origin, which is echoed because of credentials.
 */
export function answerCors(
  request: IncomingMessage,
  response: ServerResponse,
  origins: ReadonlySet<string>,
): boolean {
  const origin = request.headers.origin;
  if (origin === undefined) return false;
  const isAllowed = origins.has(origin) || origins.has("*");
  response.setHeader("vary", "Origin");
  if (isAllowed) {
    response.setHeader("access-control-allow-origin", origin);
    response.setHeader("access-control-allow-credentials", "true");
    response.setHeader("access-control-expose-headers", "*");
  }
  const isPreflight =
    request.method === "OPTIONS" && request.headers["access-control-request-method"] !== undefined;
  if (!isPreflight) return false;
  if (!isAllowed) {
    sendJson(response, 400, {
      detail: "This origin may not call the API; the operator can add it to CORS_ORIGINS",
    });
    return true;
  }
  const wanted = request.headers["access-control-request-headers"];
  response.setHeader("access-control-allow-methods", allMethods);
  if (wanted !== undefined) response.setHeader("access-control-allow-headers", wanted);
  response.setHeader("access-control-max-age", String(preflightSeconds));
  response.writeHead(204).end();
  return true;
}
