import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { CONTRACTS } from "#lib/api/contracts.ts";
import { type ApiClient, apiClient } from "#tests/support/api-client.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

const model = { provider: "scripted", id: "demo-1" };
let server: TestServer;
let admin: ApiClient;

beforeAll(async () => {
  server = await startTestServer({
    env: { SCRIPTED_WORD_DELAY_MS: "0", LOG_LEVEL: "error", JWT_VERIFICATION_KEY: TEST_JWT_KEY },
  });
  admin = await apiClient(server.url, { sub: "root" });
}, 180_000);

afterAll(() => server?.stop());

type Body = Record<string, unknown>;

/** Sends a request and checks that the answer is exactly what the contract of that operation declares. */
async function call(operationId: string, path: string, body?: unknown, caller = admin): Promise<Body> {
  const contract = CONTRACTS.find((candidate) => candidate.operationId === operationId);
  if (contract === undefined) throw new Error(`There is no operation ${operationId}`);
  const [status = "200", { schema }] = Object.entries(contract.responses)[0] ?? ["200", { schema: null }];
  const answer = await caller.json(contract.method, path, body);
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: Number(status) });
  if (schema === null) expect(answer.body).toBeNull();
  else expect((schema as z.ZodType).parse(answer.body)).toEqual(answer.body);
  return answer.body as Body;
}

describe("the way in", () => {
  it("tells name, health and info to anybody, in the recorded shapes", async () => {
    const open = async (path: string) => (await fetch(`${server.url}/api${path}`)).json() as Promise<Body>;
    expect(Object.keys(await open(""))).toEqual(["name", "id", "version"]);
    expect(await open("/")).toMatchObject({ name: "AgentOS API", id: "gatehouse" });
    const health = await open("/health");
    expect(Object.keys(health)).toEqual(["status", "instantiated_at"]);
    expect(health.instantiated_at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(await open("/info")).toEqual({
      os_id: "gatehouse",
      name: "Gatehouse",
      agno_version: "2.9.0",
      agent_count: 2,
      team_count: 0,
      workflow_count: 0,
      mcp: { enabled: false, path: null, oauth: null },
      auth_mode: "jwt",
    });
  });

  it("tells configuration and models to whoever may read it", async () => {
    const config = await call("get_config", "/config");
    expect(config).toMatchObject({
      os_id: "gatehouse",
      os_database: "gatehouse-db",
      databases: ["gatehouse-db"],
      available_models: ["scripted:demo-1"],
      session: { dbs: [{ db_id: "gatehouse-db", domain_config: { display_name: "gatehouse-db" } }] },
      teams: [],
      workflows: [],
      interfaces: [],
    });
    expect((config.agents as Body[]).map((agent) => Object.keys(agent))).toEqual(
      Array.from({ length: 2 }, () => ["id", "name", "description", "db_id", "model"]),
    );
    expect(await call("list_models", "/models")).toEqual([{ id: "demo-1", provider: "scripted" }]);
  });

  it("answers AgentOS clients that ask for teams and workflows first: there are none", async () => {
    expect(await call("list_teams", "/teams")).toEqual([]);
    expect(await call("list_workflows", "/workflows")).toEqual([]);
  });

  it("serves its own description and a page of it", async () => {
    expect(await call("get_openapi", "/openapi.json")).toMatchObject({ openapi: "3.1.0" });
    const page = await fetch(`${server.url}/docs`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("create_agent_run");
  });

  it("asks everybody else who they are before anything else", async () => {
    for (const contract of CONTRACTS.filter(({ scope }) => scope !== "public")) {
      const path = contract.path.replaceAll(/\{\w+\}/g, "%00nobody-knows");
      const answer = await fetch(`${server.url}/api${path}`, { method: contract.method });
      expect(answer.status, contract.operationId).toBe(401);
      expect(await answer.json()).toEqual({ detail: "Authorization header missing" });
    }
  });

  it("lets nobody in whose token lacks the scope", async () => {
    const nobody = await apiClient(server.url, { sub: "eve", scopes: ["nothing:read"] });
    for (const contract of CONTRACTS.filter(({ scope }) => typeof scope !== "string")) {
      const path = contract.path
        .replaceAll(/\{(?:version|message_index)\}/g, "1")
        .replaceAll(/\{\w+\}/g, "assistant");
      const answer = await nobody.json(contract.method, path, contract.method === "GET" ? undefined : {});
      expect(answer.status, contract.operationId).toBe(403);
      expect(String((answer.body as Body).detail)).toMatch(
        /^Insufficient permissions\. Required scope\(s\): /,
      );
    }
  });

  it("answers unknown paths and methods in its own shape", async () => {
    expect(await admin.json("GET", "/nope")).toEqual({ status: 404, body: { detail: "Not Found" } });
    expect(await admin.json("PUT", "/agents")).toEqual({
      status: 405,
      body: { detail: "Method Not Allowed" },
    });
    expect((await fetch(`${server.url}/api/health/`, { redirect: "manual" })).status).toBe(200);
  });
});

describe("agents", () => {
  it("are described in the recorded keys, those in code first", async () => {
    const agents = (await call("list_agents", "/agents")) as unknown as Body[];
    expect(agents[0]).toMatchObject({
      id: "assistant",
      db_id: "gatehouse-db",
      is_factory: false,
      is_component: false,
      model: { model: "demo-1", provider: "scripted" },
      sessions: { add_history_to_context: true },
      system_message: { markdown: true },
    });
    const tools = (agents[0]?.tools as { tools: Body[] } | undefined)?.tools ?? [];
    expect(tools.length).toBeGreaterThan(0);
    for (const tool of tools) {
      expect(Object.keys(tool)).toEqual(["name", "description", "parameters"]);
      expect(tool.parameters).toMatchObject({ type: "object", properties: expect.any(Object) });
    }
    expect(await call("get_agent", "/agents/assistant")).toEqual(agents[0]);
    expect(await admin.json("GET", "/agents/nope")).toEqual({
      status: 404,
      body: { detail: "Agent not found" },
    });
  });

  it("are listed as far as the caller's scopes reach", async () => {
    const one = await apiClient(server.url, { sub: "u", scopes: ["agents:web-reader:read"] });
    const agents = (await call("list_agents", "/agents", undefined, one)) as unknown as Body[];
    expect(agents.map(({ id }) => id)).toEqual(["web-reader"]);
    expect((await one.json("GET", "/agents/web-reader")).status).toBe(200);
    expect((await one.json("GET", "/agents/assistant")).status).toBe(403);
    const none = await apiClient(server.url, { sub: "u", scopes: ["sessions:read"] });
    expect(await none.json("GET", "/agents")).toEqual({
      status: 403,
      body: { detail: "Insufficient permissions. Required scope(s): agents:read" },
    });
  });
});

describe("components", () => {
  it("go the recorded way: create, list, versions, update, delete", async () => {
    const path = "/components/made-by-form";
    const created = await call("create_component", "/components", {
      name: "Made By Form",
      component_type: "agent",
      description: "d",
      config: { name: "Made By Form", instructions: ["be brief"] },
    });
    expect(Object.keys(created)).toEqual([
      "component_id",
      "component_type",
      "name",
      "description",
      "created_at",
    ]);
    const page = await call("list_components", "/components?limit=3");
    expect(page.data).toEqual([created]);
    expect(page.meta).toMatchObject({ page: 1, limit: 3, total_pages: 1, total_count: 1 });
    expect(await call("get_component", path)).toEqual(created);

    const first = await call("get_current_component_config", `${path}/configs/current`);
    expect(first).toMatchObject({ version: 1, stage: "draft", config: { instructions: "be brief" } });
    const second = await call("create_component_config", `${path}/configs`, {
      config: { name: "Made By Form", instructions: "be long" },
      stage: "draft",
    });
    expect(Object.keys(second)).toEqual(["component_id", "version", "stage", "config", "created_at"]);
    const versions = (await call("list_component_configs", `${path}/configs`)) as unknown as Body[];
    expect(versions).toEqual([second, first]);

    const updated = await call("update_component", path, { description: "d2" });
    expect(updated).toMatchObject({ description: "d2", updated_at: expect.any(Number) });
    expect((await admin.json("GET", "/agents/made-by-form")).status).toBe(404);

    await call("update_component_config", `${path}/configs/2`, { config: { model } });
    await call("update_component_config", `${path}/configs/2`, { stage: "published" });
    expect(await call("get_agent", "/agents/made-by-form")).toMatchObject({
      is_component: true,
      current_version: 2,
      stage: "published",
    });
    await call("update_component_config", `${path}/configs/1`, { config: { model }, stage: "published" });
    await call("set_current_component_config", `${path}/configs/2/set-current`);
    await call("delete_component_config", `${path}/configs/1`);
    await call("get_component_config", `${path}/configs/2`);
    await call("delete_component", path);
    expect(await admin.json("GET", path)).toEqual({
      status: 404,
      body: { detail: "Component made-by-form not found" },
    });
  });

  it("are run at once, and their sessions outlive them", async () => {
    await call("create_component", "/components", {
      name: "Short lived",
      component_type: "agent",
      stage: "published",
      config: { model, instructions: "Say hello." },
    });
    const frames = await admin.run("short-lived", { message: "hello", session_id: "outlives" });
    expect(frames.at(-1)?.event).toBe("RunCompleted");
    await call("delete_component", "/components/short-lived");
    const runs = await admin.json("GET", "/sessions/outlives/runs?type=agent");
    expect(runs).toMatchObject({ status: 200, body: [{ run_input: "hello", agent_id: "short-lived" }] });
    expect((await admin.open("/agents/short-lived/runs", { message: "again" })).status).toBe(404);
  });

  it("are made and changed by administrators only", async () => {
    const member = await apiClient(server.url, { sub: "u", scopes: ["components:read", "agents:run"] });
    expect((await member.json("GET", "/components")).status).toBe(200);
    for (const [method, path] of [
      ["POST", "/components"],
      ["PATCH", "/components/x"],
      ["DELETE", "/components/x"],
      ["POST", "/components/x/configs"],
    ] as const) {
      expect((await member.json(method, path, {})).status).toBe(403);
    }
  });
});
