import type { ServerResponse } from "node:http";

/** Answers with a JSON body; a HEAD request gets its headers only (node leaves the body out). */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
  });
  response.end(text);
}
