import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ToolContext } from "#lib/core/tool.ts";
import { createGuardedFetch, ForbiddenAddressError } from "./guarded-fetch.ts";
import { createWebFetch } from "./web-fetch.ts";

let server: http.Server;
let origin: string;
const seen: string[] = [];

beforeAll(async () => {
  server = http.createServer((request, response) => {
    seen.push(request.url ?? "");
    if (request.url === "/to-metadata") {
      response.writeHead(302, { location: "http://169.254.169.254/latest" }).end();
    } else if (request.url === "/loop") {
      response.writeHead(302, { location: "/loop" }).end();
    } else if (request.url === "/big") {
      response.writeHead(200, { "content-type": "text/plain" }).end("x".repeat(2_100_000));
    } else if (request.url === "/binary") {
      response.writeHead(200, { "content-type": "image/png" }).end("png");
    } else if (request.url === "/moved") {
      response.writeHead(301, { location: "/page" }).end();
    } else if (request.url === "/missing") {
      response.writeHead(404).end();
    } else {
      response
        .writeHead(200, { "content-type": "text/html; charset=utf-8" })
        .end("<h1>Hello</h1><script>steal()</script><p>A <b>page</b>.</p>");
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
});

const ADDRESSES: Record<string, string[]> = { "mixed.test": ["8.8.8.8", "10.0.0.1"] };
const toAddress = (address: string) => ({ address, family: 4 });
const signal = AbortSignal.timeout(10_000);
const strict = createGuardedFetch({
  privateOrigins: new Set(),
  resolve: (hostname, callback) => callback(null, (ADDRESSES[hostname] ?? ["127.0.0.1"]).map(toAddress)),
});
const permissive = () => createGuardedFetch({ privateOrigins: new Set([origin]) });
const read = (path: string) =>
  createWebFetch(permissive()).execute({ url: `${origin}${path}` }, { signal } as ToolContext);

describe("the guarded fetch", () => {
  it.each([
    "http://127.0.0.1:1/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://169.254.169.254/latest/meta-data",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://localhost/",
    "http://rebinding.test/",
    "http://mixed.test/",
    "file:///etc/passwd",
    "ftp://example.com/",
    "http://user:secret@example.com/",
    "not an address",
  ])("refuses %s", async (address) => {
    await expect(strict(address, signal)).rejects.toBeInstanceOf(ForbiddenAddressError);
  });

  it("checks the address that it connects to, so a name cannot resolve twice", async () => {
    const port = new URL(origin).port;
    const before = seen.length;
    await expect(strict(`http://rebinding.test:${port}/page`, signal)).rejects.toBeInstanceOf(
      ForbiddenAddressError,
    );
    expect(seen.length).toBe(before);
  });

  it("checks every redirect", async () => {
    await expect(permissive()(`${origin}/to-metadata`, signal)).rejects.toBeInstanceOf(ForbiddenAddressError);
    await expect(permissive()(`${origin}/loop`, signal)).rejects.toThrow("redirects more than 5 times");
    expect((await permissive()(`${origin}/moved`, signal)).url).toBe(`${origin}/page`);
  });
});

describe("web_fetch", () => {
  it("gives a page as markdown, without its scripts", async () => {
    expect(await read("/page")).toEqual({ url: `${origin}/page`, content: "# Hello\n\nA **page**." });
  });

  it.each([
    ["/big", "larger than 2 MB"],
    ["/binary", "cannot be read as text"],
    ["/missing", "status 404"],
  ])("refuses %s with a sentence", async (path, sentence) => {
    await expect(async () => read(path)).rejects.toThrow(sentence);
  });
});
