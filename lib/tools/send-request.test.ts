import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import type { ToolContext } from "#lib/core/tool.ts";
import { createGuardedFetch } from "./guarded-fetch.ts";
import { createSendRequest } from "./send-request.ts";

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: (request: IncomingMessage, response: ServerResponse) => void) {
  server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function send(origin: string, input: object, allowed = true) {
  const tool = createSendRequest(createGuardedFetch({ privateOrigins: new Set(allowed ? [origin] : []) }));
  const context = { idempotencyKey: "run-1:call-1", signal: new AbortController().signal };
  return tool.execute(tool.input.parse({ url: `${origin}/hook`, ...input }), context as ToolContext);
}

describe("sending a request", () => {
  it("sends JSON under the key of its run and call, and gives the answer whatever its status", async () => {
    const seen: object[] = [];
    const origin = await serve((request, response) => {
      const { method, url, headers } = request;
      void text(request).then((body) => {
        seen.push({ method, url, key: headers["idempotency-key"], body });
        response.writeHead(422, { "content-type": "text/plain" }).end("no such order");
      });
    });
    expect(await send(origin, { method: "PUT", json: { order: 7 } })).toEqual({
      status: 422,
      content: "no such order",
    });
    expect(seen).toEqual([{ method: "PUT", url: "/hook", key: "run-1:call-1", body: '{"order":7}' }]);
  });

  it("does not follow a redirect: it says where it leads", async () => {
    let requests = 0;
    const origin = await serve((_request, response) => {
      requests += 1;
      response.writeHead(307, { location: "/elsewhere" }).end();
    });
    expect(await send(origin, {})).toMatchObject({ status: 307, location: "/elsewhere" });
    expect(requests).toBe(1);
  });

  it("reaches no private address that the operator has not allowed", async () => {
    let requests = 0;
    const origin = await serve((_request, response) => {
      requests += 1;
      response.end();
    });
    await expect(send(origin, {}, false)).rejects.toThrow("not on the public internet");
    expect(requests).toBe(0);
  });
});
