import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { corsOrigins } from "./cors-origins.ts";
import { frontListener } from "./front-listener.ts";
import { limitedServer } from "./limited-server.ts";
import { listen } from "./listen.ts";
import { matchApiRoute } from "./match-api-route.ts";

/** Stands for Next: says which URL it was given. */
const server = limitedServer(
  frontListener({
    next: async (request, response) => {
      if (request.url === "/api/agents/broken") throw new Error("no");
      const status = request.url === "/api/agents/forbidden" ? 403 : 200;
      const body = `next:${request.method} ${request.url}`;
      response.writeHead(status, { "content-length": body.length }).end(body);
    },
    matchApi: matchApiRoute([
      { method: "GET", path: "/" },
      { method: "GET", path: "/agents/{agent_id}" },
      { method: "DELETE", path: "/agents/{agent_id}" },
      { method: "POST", path: "/agents/{agent_id}/runs" },
      { method: "GET", path: "/agents/{agent_id}/runs/{run_id}" },
      { method: "POST", path: "/agents/{agent_id}/runs/cancel" },
    ]),
    corsOrigins: corsOrigins("https://ops.example, https://two.example/"),
    isTrustedProxy: () => false,
    onDistrustedProxy: () => {},
  }),
);
let port = 0;

beforeAll(async () => {
  port = await listen(server, "127.0.0.1", 0);
});

afterAll(async () => {
  server.close();
  server.closeAllConnections();
});

/** Sends the request as written: fetch would repair the URLs that matter here. */
async function send(text: string): Promise<{ status: number; headers: string; body: string }> {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    answer += chunk;
  });
  socket.write(text);
  await once(socket, "close");
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  return { status: Number(head.split(" ")[1]), headers: head.toLowerCase(), body };
}

const ask = (method: string, target: string, headers: string[] = []) =>
  send([`${method} ${target} HTTP/1.1`, "host: x", "connection: close", ...headers, "", ""].join("\r\n"));

test.each([
  "/api/agents/%ff",
  "/api/agents/%",
  "/x/%zz",
  "/x?q=%e0%a4",
  "//evil.example/",
  "/a/../api/agents/x",
  "/a/%2e%2E/api/agents/x",
  "/api/agents/.",
  "/a\\b",
  "/a%5cb",
  "http://evil.example/",
  "*",
])("the malformed URL %s is refused with 400 in JSON before Next sees it", async (target) => {
  const { status, body, headers } = await ask(target === "*" ? "OPTIONS" : "GET", target);
  expect([status, Object.keys(JSON.parse(body))]).toEqual([400, ["detail"]]);
  expect(headers).toContain("content-type: application/json");
});

test("an encoded backslash in an API path is a character of an id like any other", async () => {
  expect((await ask("GET", "/api/agents/a%5Cb")).body).toBe("next:GET /api/agents/a%5Cb");
});

test("a URL of more than 8192 characters is refused with 414", async () => {
  expect((await ask("GET", `/${"a".repeat(8192)}`)).status).toBe(414);
});

test("headers of more than 16 KiB and broken HTTP get a JSON answer", async () => {
  const large = await ask("GET", "/", [`x: ${"a".repeat(20_000)}`]);
  expect([large.status, JSON.parse(large.body)]).toEqual([
    431,
    { detail: "The request's headers are too large" },
  ]);
  const broken = await send("NOT HTTP\r\n\r\n");
  expect([broken.status, JSON.parse(broken.body)]).toEqual([
    400,
    { detail: "The request is not valid HTTP" },
  ]);
});

test("a trailing slash below /api is served, not redirected, and the query stays", async () => {
  expect((await ask("GET", "/api/agents/one/?a=1")).body).toBe("next:GET /api/agents/one?a=1");
  expect((await ask("GET", "/api/")).body).toBe("next:GET /api");
  expect((await ask("GET", "/page/")).body).toBe("next:GET /page/");
});

test("an unknown API path is a 404 in JSON", async () => {
  for (const path of ["/api/nothing", "/api/agents//runs", "/api/agents/one/runs/two/three", "/api/authx"]) {
    const { status, body } = await ask("GET", path);
    expect([path, status, JSON.parse(body)]).toEqual([path, 404, { detail: "Not Found" }]);
  }
});

test("an unknown method of a known path is a 405 in JSON that names the others", async () => {
  const { status, body, headers } = await ask("PUT", "/api/agents/one");
  expect([status, JSON.parse(body)]).toEqual([405, { detail: "Method Not Allowed" }]);
  expect(headers).toContain("allow: delete, get, head, options");
});

test("the path with more literal segments decides about the method", async () => {
  expect((await ask("GET", "/api/agents/one/runs/cancel")).status).toBe(405);
  expect((await ask("GET", "/api/agents/one/runs/two")).status).toBe(200);
});

test("HEAD is served where GET is, and an unknown path's HEAD has no body", async () => {
  expect((await ask("HEAD", "/api/agents/one")).status).toBe(200);
  expect(await ask("HEAD", "/api/nothing")).toMatchObject({ status: 404, body: "" });
});

test("sign-in routes and pages pass through untouched", async () => {
  expect((await ask("POST", "/api/auth/callback/credentials")).body).toBe(
    "next:POST /api/auth/callback/credentials",
  );
  expect((await ask("GET", "/apidocs")).body).toBe("next:GET /apidocs");
});

test.each(["/sign-in", "/api/auth/callback/credentials", "/api/inngest"])(
  "%s takes no body that could fill the memory, however its length is told",
  async (path) => {
    const large = await ask("POST", path, [`content-length: ${64 * 1024 * 1024}`]);
    expect([large.status, JSON.parse(large.body).detail]).toEqual([
      413,
      expect.stringMatching(/larger than/),
    ]);
    const untold = await ask("POST", path, ["transfer-encoding: chunked"]);
    expect([untold.status, JSON.parse(untold.body).detail]).toEqual([
      411,
      "Send the body with a content-length",
    ]);
    expect((await ask("POST", path, ["content-length: 0"])).status).toBe(200);
  },
);

test("strangers do not write into the log by next-auth's route for it", async () => {
  for (const path of ["/api/auth/_log", "/api/auth/_log/", "/api/auth/_log?x=1"]) {
    expect((await ask("POST", path)).status).toBe(404);
  }
});

test.each(["TRACE", "PROPFIND", "DELETE"])(
  "%s of a page is a 405, not a failure inside Next",
  async (method) => {
    const { status, headers } = await ask(method, "/sign-in");
    expect(status).toBe(405);
    expect(headers).toContain("allow: get, head, options, post");
  },
);

test("a page's address holds no NUL, which no row can", async () => {
  expect((await ask("GET", "/o/default/chat?session=%00")).status).toBe(400);
  expect((await ask("GET", "/api/agents/%00")).body).toBe("next:GET /api/agents/%00");
});

test("a preflight of a listed origin is answered without anyone being authenticated", async () => {
  const { status, headers } = await ask("OPTIONS", "/api/agents/one/runs", [
    "origin: https://ops.example",
    "access-control-request-method: POST",
    "access-control-request-headers: authorization, x-y",
  ]);
  expect(status).toBe(204);
  expect(headers).toContain("access-control-allow-origin: https://ops.example");
  expect(headers).toContain("access-control-allow-credentials: true");
  expect(headers).toContain("access-control-allow-headers: authorization, x-y");
});

test("errors carry the CORS headers, too", async () => {
  for (const path of ["/api/nothing", "/api/agents/forbidden", "/api/agents/broken"]) {
    const { headers } = await ask("GET", path, ["origin: https://two.example"]);
    expect(headers).toContain("access-control-allow-origin: https://two.example");
    expect(headers).toContain("vary: origin");
  }
});

test("an origin that is not listed gets no CORS headers, and its preflight a 400", async () => {
  const stranger = ["origin: https://evil.example", "access-control-request-method: POST"];
  const preflight = await ask("OPTIONS", "/api/agents/one", stranger);
  expect(preflight.status).toBe(400);
  expect(preflight.headers).not.toContain("access-control-allow-origin");
  expect((await ask("GET", "/api/agents/one", stranger)).headers).not.toContain(
    "access-control-allow-origin",
  );
});

test("a failure inside Next is a 500 that tells nothing", async () => {
  const { status, body } = await ask("GET", "/api/agents/broken");
  expect([status, JSON.parse(body)]).toEqual([500, { detail: "Internal Server Error" }]);
});

test("every answer tells browsers not to guess its type and not to frame it", async () => {
  for (const path of ["/page", "/api/nothing", "/x/%ff"]) {
    const { headers } = await ask("GET", path);
    expect(headers).toContain("x-content-type-options: nosniff");
    expect(headers).toContain("x-frame-options: deny");
  }
});
