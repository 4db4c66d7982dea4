import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ToolExecution } from "#lib/core/tool-execution.ts";
import { type ApiClient, apiClient } from "#tests/support/api-client.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

let server: TestServer;
let web: Server;
let origin: string;
const scopes = ["agents:read", "agents:run", "sessions:read"];

beforeAll(async () => {
  web = createServer((request, response) => {
    response.setHeader("content-type", "text/html");
    // Markup this deep keeps a parser busy for minutes.
    if (request.url === "/crafted") response.end("<div>".repeat(100_000));
    else response.end("<h1>Harbour</h1><p>The ferry leaves at <b>nine</b>.</p>");
  }).listen(0, "127.0.0.1");
  await once(web, "listening");
  origin = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  server = await startTestServer({
    env: {
      GATEHOUSE_PRIVATE_ORIGINS: origin,
      SCRIPTED_WORD_DELAY_MS: "0",
      LOG_LEVEL: "error",
      JWT_VERIFICATION_KEY: TEST_JWT_KEY,
    },
  });
}, 180_000);

afterAll(async () => {
  await server?.stop();
  web?.close();
});

/** Asks an agent something and returns the tool calls that it made of it. */
async function toolsOf(caller: ApiClient, agentId: string, message: string): Promise<ToolExecution[]> {
  const frames = await caller.run(agentId, { message });
  expect(frames.at(-1)?.event).toBe("RunCompleted");
  return frames.flatMap((frame) =>
    frame.event === "ToolCallCompleted" ? [frame["tool"] as ToolExecution] : [],
  );
}

describe("the tools of the starter agents, in the server", () => {
  it("read a page of the web as markdown", async () => {
    const caller = await apiClient(server.url, { sub: "ann", scopes });
    const [fetched] = await toolsOf(caller, "web-reader", `Fetch ${origin}/ and tell me what it says`);
    expect(JSON.parse(fetched?.result ?? "")).toEqual({
      url: `${origin}/`,
      content: "# Harbour\n\nThe ferry leaves at **nine**.",
    });
  });

  it("do not reach addresses that are private and not on the list", async () => {
    const caller = await apiClient(server.url, { sub: "ann", scopes });
    const [fetched] = await toolsOf(caller, "web-reader", `Fetch ${server.url}/api/health and tell me`);
    expect(fetched).toMatchObject({
      tool_call_error: true,
      result: "127.0.0.1 is not on the public internet.",
    });
  });

  it("leave the server answering while a crafted page is given up", async () => {
    const caller = await apiClient(server.url, { sub: "ann", scopes });
    const fetching = toolsOf(caller, "web-reader", `Fetch ${origin}/crafted please`);
    const [calculated] = await toolsOf(caller, "assistant", "What is 17 * 23 + 4?");
    expect(calculated?.result).toBe("395");
    const [fetched] = await fetching;
    expect(fetched).toMatchObject({
      tool_call_error: true,
      result: expect.stringContaining("too complicated"),
    });
  });

  it("list the notes of the run's own subject only", async () => {
    const ann = await apiClient(server.url, { sub: "ann", scopes });
    const bob = await apiClient(server.url, { sub: "bob", scopes });
    await toolsOf(ann, "assistant", 'Take a note: "the key is under the mat"');
    const [own] = await toolsOf(ann, "assistant", "List my notes");
    const [other] = await toolsOf(bob, "assistant", "List my notes");
    expect(own?.result).toContain("under the mat");
    expect(other?.result).toBe("[]");
  });
});
