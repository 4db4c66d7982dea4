import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sendToSelf } from "./send-to-self.ts";

const seen: unknown[] = [];
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (piece: Buffer) => (body += piece.toString()));
  request.on("end", () => {
    const { method, url, headers } = request;
    seen.push({ method, url, authorization: headers.authorization, type: headers["content-type"], body });
    if (url?.endsWith("/away") === true)
      response.writeHead(307, { location: "http://elsewhere.invalid/" }).end();
    else response.writeHead(202).end("taken");
  });
});
let origin = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

test("a request goes to this server whatever host it names, as it is", async () => {
  const send = sendToSelf(origin);
  const answer = await send(
    new Request("http://own.invalid/api/agents/a/runs?x=1", {
      method: "POST",
      headers: { authorization: "Bearer t" },
      body: new URLSearchParams({ message: "hi you" }),
    }),
  );
  expect([answer.status, await answer.text()]).toEqual([202, "taken"]);
  await send(new Request("http://own.invalid/api/agents"));
  expect(seen).toEqual([
    {
      method: "POST",
      url: "/api/agents/a/runs?x=1",
      authorization: "Bearer t",
      type: "application/x-www-form-urlencoded;charset=UTF-8",
      body: "message=hi+you",
    },
    { method: "GET", url: "/api/agents", authorization: undefined, type: undefined, body: "" },
  ]);
});

test("a redirection is an answer: the token goes nowhere else", async () => {
  expect((await sendToSelf(origin)(new Request("http://own.invalid/api/away"))).status).toBe(307);
});

test("a server that is not there is an error", async () => {
  await expect(sendToSelf("http://127.0.0.1:1")(new Request("http://own.invalid/api"))).rejects.toThrow();
});
