import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiClient, apiClient } from "#tests/support/api-client.ts";
import { type MockServer, startMockOpenAi } from "#tests/support/mock-openai.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

const KEY = "sk-live-abcdefghijklmnop-WXYZ";
const PROVIDERS = "/model-providers";

let server: TestServer;
let mock: MockServer;
let admin: ApiClient;
let member: ApiClient;
let nobody: ApiClient;

beforeAll(async () => {
  mock = await startMockOpenAi({ models: ["mock-1"], chunks: ["Hel", "lo"] });
  server = await startTestServer({ env: { LOG_LEVEL: "info", JWT_VERIFICATION_KEY: TEST_JWT_KEY } });
  admin = await apiClient(server.url, { sub: "root", scopes: ["agent_os:admin"] });
  member = await apiClient(server.url, { sub: "ann", scopes: ["config:read", "agents:run"] });
  nobody = await apiClient(server.url, { sub: "eve", scopes: ["sessions:read"] });
}, 180_000);

afterAll(async () => {
  await server?.stop();
  await mock?.close();
});

describe("model providers", () => {
  it("are connected, tested, changed and deleted by an administrator; the key is never shown", async () => {
    const input = {
      kind: "openai-compatible",
      name: "Local",
      base_url: mock.url,
      api_key: KEY,
      models: ["mock-1"],
    };
    const answers = [
      await admin.json("POST", `${PROVIDERS}/test`, {
        kind: input.kind,
        base_url: input.base_url,
        api_key: input.api_key,
      }),
      await admin.json("POST", PROVIDERS, input),
      await admin.json("POST", PROVIDERS, input),
      await admin.json("GET", PROVIDERS),
      await admin.json("POST", `${PROVIDERS}/local/test`),
      await admin.json("PATCH", `${PROVIDERS}/local`, { name: "Renamed" }),
      await admin.json("GET", `${PROVIDERS}/local`),
      await admin.json("GET", `${PROVIDERS}/local/models`),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([200, 201, 409, 200, 200, 200, 200, 200]);
    expect(answers[0]?.body).toMatchObject({ ok: true, model: "mock-1", models: ["mock-1"] });
    expect(answers[6]?.body).toMatchObject({
      id: "local",
      name: "Renamed",
      key_hint: "WXYZ",
      last_test_ok: true,
    });
    expect(answers[7]?.body).toEqual(["mock-1"]);
    expect(JSON.stringify(answers)).not.toContain(KEY);
    expect(mock.requests.every((request) => request.headers.authorization === `Bearer ${KEY}`)).toBe(true);
    expect((await admin.request(`${PROVIDERS}/local?force=true`, { method: "DELETE" })).status).toBe(204);
    expect((await admin.json("GET", `${PROVIDERS}/local`)).status).toBe(404);
  });

  it("say in a sentence what is wrong with a server, with the status of a gateway", async () => {
    const broken = await startMockOpenAi();
    const input = { kind: "openai-compatible", name: "Broken", base_url: broken.url, api_key: KEY };
    expect((await admin.json("POST", PROVIDERS, input)).status).toBe(201);
    await broken.close();
    const list = await admin.json("GET", `${PROVIDERS}/broken/models`);
    expect(list).toEqual({ status: 502, body: { detail: expect.stringContaining("Nothing answers at") } });
    expect((await admin.json("POST", `${PROVIDERS}/broken/test`)).body).toMatchObject({
      ok: false,
      models: [],
    });
  });

  it("may be read by a member, changed by administrators only, and seen by nobody else", async () => {
    const body = { kind: "openai-compatible", name: "X", base_url: mock.url };
    expect((await member.json("GET", PROVIDERS)).status).toBe(200);
    const { body: seen } = await member.json("GET", `${PROVIDERS}/broken`);
    expect(seen).toMatchObject({ name: "Broken", has_key: true, base_url: null, key_hint: null });
    for (const caller of [member, nobody]) {
      expect((await caller.json("POST", PROVIDERS, body)).status).toBe(403);
      expect((await caller.json("POST", `${PROVIDERS}/test`, body)).status).toBe(403);
      expect((await caller.json("PATCH", `${PROVIDERS}/broken`, { name: "X" })).status).toBe(403);
      expect((await caller.json("DELETE", `${PROVIDERS}/broken`)).status).toBe(403);
      expect((await caller.json("GET", `${PROVIDERS}/broken/models`)).status).toBe(403);
    }
    expect((await nobody.json("GET", PROVIDERS)).status).toBe(403);
    expect((await fetch(`${server.url}/api${PROVIDERS}`)).status).toBe(401);
  });

  it.each([
    ["a vendor without its key", { kind: "openai", name: "X" }, "api_key"],
    [
      "another protocol",
      { kind: "openai-compatible", name: "X", base_url: "file:///etc/passwd" },
      "base_url",
    ],
    ["a key with a line break", { kind: "openai", name: "X", api_key: "sk-a\nb" }, "api_key"],
    ["an unknown field", { kind: "openai", name: "X", api_key: KEY, encryptedKey: "v1" }, undefined],
  ])("refuse %s at its field, without repeating the key", async (_name, body, field) => {
    const answer = await admin.json("POST", PROVIDERS, body);
    expect(answer.status).toBe(422);
    const { detail } = answer.body as { detail: { loc: string[] }[] };
    if (field !== undefined) expect(detail[0]?.loc).toEqual(["body", field]);
    expect(JSON.stringify(answer.body)).not.toContain(KEY);
    expect(JSON.stringify(answer.body)).not.toContain("sk-a");
  });

  it("drive an agent's run with their key: a tool round, the vendor's name, no invented price", async () => {
    const vendor = await startMockOpenAi({
      answers: [
        { toolCalls: [{ id: "call_1", name: "calculator", arguments: '{"expression":"6 * 7"}' }] },
        { chunks: ["It is ", "42."], usage: { prompt_tokens: 30, completion_tokens: 4 } },
      ],
    });
    await admin.json("POST", PROVIDERS, {
      kind: "openai-compatible",
      name: "Vendor",
      base_url: vendor.url,
      api_key: KEY,
    });
    const config = { model: { provider: "vendor", id: "mock-1" }, tools: ["calculator"] };
    const agent = { name: "Mocked", component_type: "agent", stage: "published", config };
    expect((await admin.json("POST", "/components", agent)).status).toBe(201);
    expect((await admin.json("DELETE", `${PROVIDERS}/vendor`)).body).toEqual({
      detail: expect.stringContaining("Mocked"),
    });

    const frames = await member.run("mocked", { message: "six times seven" });
    const last = frames.at(-1);
    expect(last).toMatchObject({ event: "RunCompleted", content: "It is 42." });
    expect(frames[0]).toMatchObject({ model: "mock-1", model_provider: "Vendor" });
    expect(last?.["metrics"]).not.toHaveProperty("cost");
    expect(frames.map((frame) => frame.event)).toContain("ToolCallCompleted");
    expect(JSON.stringify(vendor.requests[1]?.body)).toContain("42");
    expect(vendor.requests.map((request) => request.headers.authorization)).toEqual([
      `Bearer ${KEY}`,
      `Bearer ${KEY}`,
    ]);
    expect(JSON.stringify(frames)).not.toContain(KEY);

    expect((await admin.request(`${PROVIDERS}/vendor?force=true`, { method: "DELETE" })).status).toBe(204);
    const refused = await member.open("/agents/mocked/runs", { message: "again" });
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain("Connect it on the Models page");
    await vendor.close();
  });

  it("leave no key in the server's log", () => {
    expect(server.output()).not.toContain(KEY);
  });
});
