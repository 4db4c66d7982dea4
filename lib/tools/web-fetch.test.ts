import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import type { ToolContext } from "#lib/core/tool.ts";
import { createGuardedFetch } from "./guarded-fetch.ts";
import { createWebFetch } from "./web-fetch.ts";

let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  if (server !== undefined) await new Promise((resolve) => server?.close(resolve));
  server = undefined;
});

/** Serves `listener` on loopback and returns a fetch of its first page by the tool. */
async function fetching(listener: RequestListener, signal = new AbortController().signal) {
  server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tool = createWebFetch(createGuardedFetch({ privateOrigins: new Set([origin]) }));
  return { origin, result: tool.execute({ url: `${origin}/` }, { signal } as ToolContext) };
}

describe("the web fetch", () => {
  it("gives a page as markdown, under the address that answered in the end", async () => {
    const { origin, result } = await fetching((request, response) => {
      if (request.url === "/") response.writeHead(302, { location: "/page" }).end();
      else response.setHeader("content-type", "text/html; charset=utf-8").end("<h1>Hi 👋</h1><p>there</p>");
    });
    expect(await result).toEqual({ url: `${origin}/page`, content: "# Hi 👋\n\nthere" });
  });

  it("reads text in the page's own encoding", async () => {
    const { result } = await fetching((_request, response) => {
      response.setHeader("content-type", "text/plain; charset=iso-8859-1").end(Buffer.from([0xe9]));
    });
    expect(await result).toMatchObject({ content: "é" });
  });

  it("refuses what is not text", async () => {
    const { result } = await fetching((_request, response) => {
      response.setHeader("content-type", "image/png").end("x");
    });
    await expect(result).rejects.toThrow("image/png");
  });

  it("stops reading a page that is too large, also when it is large only once unpacked", async () => {
    const { result } = await fetching((_request, response) => {
      response.writeHead(200, { "content-type": "text/plain", "content-encoding": "gzip" });
      response.end(gzipSync(Buffer.alloc(50_000_000)));
    });
    await expect(result).rejects.toThrow("larger than 2 MB");
  });

  it("cuts a long text and says so", async () => {
    const { result } = await fetching((_request, response) => {
      response.setHeader("content-type", "text/plain").end("x".repeat(60_000));
    });
    expect(await result).toMatchObject({
      content: "x".repeat(50_000),
      note: expect.stringContaining("50000"),
    });
  });

  it("says when the server refuses, and gives up on the signal", async () => {
    const refused = await fetching((_request, response) => response.writeHead(503).end());
    await expect(refused.result).rejects.toThrow("status 503");
    const abort = new AbortController();
    const hanging = await fetching(() => abort.abort(new Error("Cancelled.")), abort.signal);
    await expect(hanging.result).rejects.toThrow("Cancelled.");
  });
});
