import { afterAll, beforeAll, expect, it } from "vitest";
import type { ToolExecution } from "#lib/core/tool-execution.ts";
import { type ApiClient, apiClient } from "#tests/support/api-client.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

let server: TestServer;
let admin: ApiClient;
let ann: ApiClient;

const make = (config: object) =>
  admin.json("POST", "/components", {
    component_type: "agent",
    component_id: "hooked",
    name: "Hooked",
    stage: "published",
    config: { model: { provider: "scripted", id: "demo-1" }, tools: ["take_note", "list_notes"], ...config },
  });

beforeAll(async () => {
  server = await startTestServer({
    env: { SCRIPTED_WORD_DELAY_MS: "0", LOG_LEVEL: "error", JWT_VERIFICATION_KEY: TEST_JWT_KEY },
  });
  admin = await apiClient(server.url, { scopes: ["agent_os:admin"] });
  ann = await apiClient(server.url, { sub: "ann", scopes: ["agents:read", "agents:run", "sessions:read"] });
}, 180_000);

afterAll(() => server?.stop());

it("an agent names its hooks: an unknown one is refused at its place, a known one stands around its tools", async () => {
  expect(await make({ tool_hooks: ["mask_secrets", "nobody"] })).toMatchObject({
    status: 422,
    body: { detail: [{ loc: ["body", "config", "tool_hooks", 1], msg: "There is no tool hook 'nobody'" }] },
  });
  expect((await make({ tool_hooks: ["mask_secrets"] })).status).toBe(201);
  const secret = `ghp_${"a1".repeat(18)}`;
  const frames = await ann.run("hooked", {
    message: `/tool take_note {"text":"${secret}"}\n/tool list_notes {}`,
    dependencies: '{"unit":"km"}',
  });
  expect(frames.at(-1)?.event).toBe("RunCompleted");
  const results = frames.flatMap(({ event, tool }) =>
    event === "ToolCallCompleted" ? [(tool as ToolExecution).result] : [],
  );
  expect(results.at(-1)).toContain("[masked]");
  expect(results.at(-1)).not.toContain(secret);
  expect(JSON.stringify(frames)).not.toContain('"unit"');
});

it("dependencies that are no JSON object are refused at their field", async () => {
  const answer = await ann.open("/agents/assistant/runs", { message: "hi", dependencies: "nope" });
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ detail: [{ loc: ["body", "dependencies"] }] });
});
