import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { type MockServer, sendJson, startMockOpenAi, startMockServer } from "#tests/support/mock-openai.ts";
import { testConnection } from "./test-connection.ts";

const KEY = "sk-test-0123456789abcdef";
const servers: MockServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function started(server: Promise<MockServer>): Promise<MockServer> {
  servers.push(await server);
  return server;
}

function compatible(baseUrl: string, apiKey: string | null = KEY) {
  return { kind: "openai-compatible", baseUrl, apiKey } as const;
}

describe("a connection that works", () => {
  test("lists the models in order and asks the first one", async () => {
    const server = await started(startMockOpenAi({ models: ["b", "a"], chunks: ["Hello"] }));
    const result = await testConnection(compatible(server.url), null);
    expect(result).toMatchObject({
      ok: true,
      models: ["a", "b"],
      model: "a",
      detail: "2 models found; a answered.",
    });
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /v1/models",
      "POST /v1/chat/completions",
    ]);
    expect(server.requests[1]?.body).toMatchObject({ model: "a", max_tokens: 16 });
  });

  test("asks the model that was named", async () => {
    const server = await started(startMockOpenAi({ chunks: ["Hello"] }));
    expect((await testConnection(compatible(server.url), "other")).model).toBe("other");
  });

  test("may lack a list of models when one is named", async () => {
    const server = await started(
      startMockServer("/v1", (request, response) =>
        request.method === "GET"
          ? sendJson(response, 404, { error: "no such page" })
          : sendJson(response, 200, { choices: [{ message: { content: "Hello" }, finish_reason: "stop" }] }),
      ),
    );
    expect(await testConnection(compatible(server.url), "m")).toMatchObject({ ok: true, models: [] });
  });

  test.each([
    ["openai", { data: [{ id: "whisper-1" }] }, ["whisper-1"]],
    ["anthropic", { data: [{ id: "claude-x", type: "model" }], has_more: false }, ["claude-x"]],
    [
      "google",
      {
        models: [
          { name: "models/gemini-x", supportedGenerationMethods: ["generateContent"] },
          { name: "models/embed-x", supportedGenerationMethods: ["embedContent"] },
        ],
      },
      ["gemini-x"],
    ],
  ] as const)(
    "reads the list of %s, and asks nobody it does not know to chat",
    async (kind, list, models) => {
      const server = await started(
        startMockServer("/v1", (_request, response) => sendJson(response, 200, list)),
      );
      const result = await testConnection({ kind, baseUrl: server.url, apiKey: KEY }, null);
      expect(result).toMatchObject({ ok: true, models, model: null });
      expect(server.requests).toHaveLength(1);
    },
  );
});

describe("a connection that does not work says why and what to do", () => {
  test.each([
    [401, "does not accept the key"],
    [403, "not allowed"],
    [404, "often ends in /v1"],
    [429, "no credit"],
    [500, "problem of its own"],
    [302, "Enter that address instead"],
  ])("status %i", async (status, sentence) => {
    const server = await started(
      startMockServer("/v1", (_request, response) =>
        sendJson(response, status, { error: `Because of ${KEY}` }),
      ),
    );
    const { ok, detail } = await testConnection(compatible(server.url), null);
    expect(ok).toBe(false);
    expect(detail).toContain(sentence);
    expect(detail).not.toContain(KEY);
  });

  test("a model that does not exist, in the server's own words", async () => {
    const server = await started(startMockOpenAi({ error: { status: 404, message: "model 'x' not found" } }));
    const result = await testConnection(compatible(server.url), "x");
    expect(result).toMatchObject({ ok: false, model: "x", models: ["mock-1"] });
    expect(result.detail).toContain("model 'x' not found");
  });

  test("nothing listening", async () => {
    const server = await startMockOpenAi();
    await server.close();
    expect((await testConnection(compatible(server.url), null)).detail).toContain("Nothing answers at");
  });

  test("an unknown name", async () => {
    const { detail } = await testConnection(compatible("http://no-such-host.invalid/v1"), null);
    expect(detail).toContain("not known to the name service");
  });

  test("no TLS where https is asked for", async () => {
    const server = await started(startMockOpenAi());
    const { detail } = await testConnection(compatible(server.url.replace("http:", "https:")), null);
    expect(detail).toContain("encrypted connection");
  });

  test("silence", async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    const { detail } = await testConnection(compatible(`http://127.0.0.1:${port}/v1`), null, 50);
    silent.close();
    expect(detail).toContain("did not answer in time");
  });

  test("a list that never ends, small as it comes over the line", async () => {
    const packed = gzipSync(Buffer.alloc(64 * 1024 * 1024, " "));
    const server = await started(
      startMockServer("/v1", (_request, response) => {
        response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
        response.end(packed);
      }),
    );
    expect((await testConnection(compatible(server.url), null)).detail).toContain("larger than 32 MB");
  });

  test.each(["<html>Welcome</html>", '{"status":"ok"}'])("an answer in another format: %s", async (body) => {
    const server = await started(
      startMockServer("/v1", (_request, response) => {
        response.end(body);
      }),
    );
    expect((await testConnection(compatible(server.url), null)).detail).toContain("not in the format");
  });
});
