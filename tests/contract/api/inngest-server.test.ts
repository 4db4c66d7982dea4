import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sign } from "#inngest/embedded/signature.ts";
import { eventually } from "#tests/support/eventually.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

const SIGNING_KEY = "signkey-test-0123456789abcdef";

interface Registration {
  path: string | undefined;
  headers: IncomingHttpHeaders;
  body: { appName: string; url: string };
}

let inngest: Server;
let gatehouse: TestServer;
const registrations: Registration[] = [];
beforeAll(async () => {
  // An Inngest server as far as an application's registration goes; it is not up yet when it is asked first.
  inngest = createServer((request, response) => {
    void text(request).then((body) => {
      registrations.push({ path: request.url, headers: request.headers, body: JSON.parse(body) as never });
      response.writeHead(registrations.length === 1 ? 503 : 200, { "content-type": "application/json" });
      response.end(registrations.length === 1 ? "{" : `{"status":200,"modified":true}`);
    });
  });
  await new Promise<void>((resolve) => inngest.listen(0, "127.0.0.1", resolve));
  gatehouse = await startTestServer({
    env: {
      INNGEST_BASE_URL: `http://127.0.0.1:${(inngest.address() as AddressInfo).port}`,
      INNGEST_EVENT_KEY: "event-key",
      INNGEST_SIGNING_KEY: SIGNING_KEY,
      GATEHOUSE_URL: "https://gatehouse.example",
    },
  });
});
afterAll(async () => {
  await gatehouse?.stop();
  inngest?.close();
});

test("with an Inngest server set, the functions are registered there, again until it has taken them", async () => {
  const taken = await eventually(() => registrations[1], { timeoutMs: 30_000 });
  expect(taken.path).toMatch(/^\/fn\/register/);
  expect(taken.headers["authorization"]).toMatch(/^Bearer signkey-test-[0-9a-f]{64}$/);
  expect(taken.body).toMatchObject({ appName: "gatehouse", url: "https://gatehouse.example/api/inngest" });
});

test("the server's signature opens the functions, and the embedded engine's does not", async () => {
  const body = `{"url":"https://gatehouse.example/api/inngest"}`;
  const status = async (key: string) => {
    const answer = await fetch(`${gatehouse.url}/api/inngest`, {
      method: "PUT",
      headers: {
        "content-type": "application/json",
        "x-inngest-sync-kind": "in_band",
        "x-inngest-signature": sign(key, body, Date.now()),
      },
      body,
    });
    return answer.status;
  };
  expect(await status(SIGNING_KEY)).toBe(200);
  expect(await status("signkey-gatehouse-0123")).toBe(401);
});

test("a server that could call nothing stops the start with a sentence", async () => {
  await expect(startTestServer({ env: { INNGEST_BASE_URL: "http://127.0.0.1:9" } })).rejects.toThrow(
    "An Inngest server is set, but INNGEST_SIGNING_KEY is not: it could call nothing.",
  );
});
