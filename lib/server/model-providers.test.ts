import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { createModelProviderSchema } from "#lib/core/model-provider.ts";
import { ADMIN_SCOPE, type Principal } from "#lib/core/principal.ts";
import { NO_USAGE } from "#lib/core/run-metrics.ts";
import type { Scope } from "#lib/core/scope.ts";
import { updateModelProvider as changeModelProvider, readModelProviderKey } from "#lib/db/model-providers.ts";
import type { BoundModel } from "#lib/runtime/ports.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { type MockServer, startMockOpenAi } from "#tests/support/mock-openai.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { bindModel } from "./bind-model.ts";
import { createModelProvider } from "./create-model-provider.ts";
import { deleteModelProvider } from "./delete-model-provider.ts";
import { getModelProvider } from "./get-model-provider.ts";
import { listModels } from "./list-models.ts";
import { listModelProviders } from "./list-model-providers.ts";
import { listProviderModels } from "./list-provider-models.ts";
import { listSelectableModels } from "./list-selectable-models.ts";
import { requireModelProvider } from "./require-model-provider.ts";
import { testModelProvider } from "./test-model-provider.ts";
import { testModelProviderDraft } from "./test-model-provider-draft.ts";
import { updateModelProvider } from "./update-model-provider.ts";

const KEY = "sk-live-abcdefghijklmnop-WXYZ";
const NEW_KEY = "sk-next-abcdefghijklmnop-1234";

let database: TestDatabase;
let directory: string;
let scope: Scope;
let stranger: Scope;
let mock: MockServer;

beforeAll(async () => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "gatehouse-models-"));
  vi.stubEnv("GATEHOUSE_DATA", directory);
  vi.stubEnv("SCRIPTED_WORD_DELAY_MS", "0");
  database = await openTestDatabase();
  mock = await startMockOpenAi({ models: ["mock-1", "mock-2"], chunks: ["Hello"] });
  scope = await makeScope();
  stranger = await makeScope();
});

afterAll(async () => {
  await mock.close();
  await database.close();
  fs.rmSync(directory, { recursive: true });
});

afterEach(() => {
  mock.requests.length = 0;
});

function callerOf({ organizationId }: Scope, scopes: readonly string[]): Principal {
  const who = { kind: "user", id: "user_1", subject: "user_1", role: null, sessionId: null } as const;
  return { ...who, organizationId, organizationSlug: "test", scopes };
}

function administratorOf(of: Scope): Principal {
  return callerOf(of, [ADMIN_SCOPE]);
}

function connect(name: string, more: object = {}, by: Scope = scope) {
  const input = {
    kind: "openai-compatible",
    name,
    base_url: mock.url,
    api_key: KEY,
    models: ["mock-1"],
    ...more,
  };
  return createModelProvider(by, createModelProviderSchema.parse(input));
}

async function addAgent(by: Scope, name: string, model: { provider: string; id: string }): Promise<void> {
  const id = name.toLowerCase();
  await database.pool.query(
    `INSERT INTO "Component" ("organizationId", id, type, name, "currentVersion", "updatedAt")
     VALUES ($1, $2, 'agent', $3, 1, now())`,
    [by.organizationId, id, name],
  );
  await database.pool.query(
    `INSERT INTO "ComponentVersion" ("organizationId", "componentId", version, stage, config, "updatedAt")
     VALUES ($1, $2, 1, 'published', $3, now())`,
    [by.organizationId, id, JSON.stringify({ id, name, model })],
  );
}

async function say(bound: BoundModel): Promise<string | undefined> {
  await bound.model.doGenerate({ prompt: [{ role: "user", content: [{ type: "text", text: "Hello" }] }] });
  return mock.requests.at(-1)?.headers.authorization;
}

async function rowsOf(table: "ModelProvider" | "AuditEntry"): Promise<string> {
  const { rows } = await database.pool.query(`SELECT to_jsonb(t)::text AS row FROM "${table}" t`);
  return rows.map((row: { row: string }) => row.row).join("\n");
}

describe("a connection", () => {
  test("is kept with its key encrypted, shows four characters of it and leaves an audit row without it", async () => {
    const created = await connect("Über Ollama");
    expect(created).toMatchObject({ id: "uber-ollama", has_key: true, key_hint: "WXYZ", enabled: true });
    expect(await getModelProvider(administratorOf(scope), created.id)).toEqual(created);
    expect(await readModelProviderKey(scope, created.id)).toBe(KEY);
    expect(JSON.stringify(await listModelProviders(administratorOf(scope)))).not.toContain(KEY);
    expect(await rowsOf("ModelProvider")).not.toContain(KEY);
    const audit = await rowsOf("AuditEntry");
    expect(audit).toContain("model_provider.created");
    expect(audit).not.toContain(KEY);
  });

  test("of a taken id, or of the demo model's, is refused", async () => {
    await connect("Twice");
    await expect(connect("twice!")).rejects.toMatchObject({ code: "conflict" });
    await expect(connect("Scripted")).rejects.toMatchObject({ code: "conflict" });
  });

  test("keeps its key through a change that does not mention it, and gets a new one on request", async () => {
    const { id } = await connect("Changing");
    await updateModelProvider(scope, id, { name: "Changed", models: ["a", "a", "b"] });
    expect(await readModelProviderKey(scope, id)).toBe(KEY);
    const changed = await updateModelProvider(scope, id, { api_key: NEW_KEY });
    expect(changed).toMatchObject({ name: "Changed", models: ["a", "b"], key_hint: "1234" });
    expect(await readModelProviderKey(scope, id)).toBe(NEW_KEY);
    expect(await updateModelProvider(scope, id, { api_key: null })).toMatchObject({
      has_key: false,
      key_hint: null,
    });
    expect(await rowsOf("AuditEntry")).not.toContain(NEW_KEY);
  });

  test("never sends its key to an address that it was not entered for", async () => {
    const { id } = await connect("Moving");
    const elsewhere = "http://elsewhere.example/v1";
    const refusal = { code: "invalid", issues: [{ loc: ["body", "api_key"] }] };
    await expect(updateModelProvider(scope, id, { base_url: elsewhere })).rejects.toMatchObject(refusal);
    const draft = { kind: "openai-compatible", base_url: elsewhere, provider_id: id } as const;
    await expect(testModelProviderDraft(scope, draft)).rejects.toMatchObject(refusal);
    const moved = await updateModelProvider(scope, id, { base_url: elsewhere, api_key: NEW_KEY });
    expect(moved.base_url).toBe(elsewhere);
  });

  test("tells who may not change it neither its address nor anything else that says where it is", async () => {
    const { id } = await connect("Inside");
    await testModelProvider(scope, id, null);
    const member = callerOf(scope, ["config:read"]);
    const seen = await getModelProvider(member, id);
    expect(seen).toMatchObject({ name: "Inside", has_key: true, last_test_ok: true, base_url: null });
    expect(await listModelProviders(member)).toContainEqual(seen);
    for (const told of [new URL(mock.url).host, "WXYZ", "answered"]) {
      expect(JSON.stringify(seen)).not.toContain(told);
    }
    expect((await getModelProvider(administratorOf(scope), id)).base_url).toBe(mock.url);
  });

  test("is not changed by somebody who decided by an older state of it", async () => {
    const { id } = await connect("Contested");
    const { updatedAt } = await requireModelProvider(scope, id);
    expect(await changeModelProvider(scope, id, updatedAt, { name: "First" })).toMatchObject({
      name: "First",
    });
    expect(await changeModelProvider(scope, id, updatedAt, { name: "Second" })).toBeNull();
    expect((await getModelProvider(administratorOf(scope), id)).name).toBe("First");
  });

  test("whose row was copied to another organization does not open there", async () => {
    const { id } = await connect("Copied");
    await database.pool.query(
      `INSERT INTO "ModelProvider" ("organizationId", id, kind, name, "baseUrl", "encryptedKey", "updatedAt")
       SELECT $1, id, kind, name, "baseUrl", "encryptedKey", now() FROM "ModelProvider"
       WHERE "organizationId" = $2 AND id = $3`,
      [stranger.organizationId, scope.organizationId, id],
    );
    await expect(readModelProviderKey(stranger, id)).rejects.toMatchObject({ code: "unavailable" });
    await expect(bindModel(stranger, { provider: id, id: "mock-1" })).rejects.toMatchObject({
      code: "unavailable",
    });
  });

  test("in use by an agent names it when it is to be deleted, and goes when forced", async () => {
    const { id } = await connect("Used");
    await addAgent(scope, "Helper", { provider: id, id: "mock-1" });
    await expect(deleteModelProvider(scope, id, false)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Helper"),
    });
    await deleteModelProvider(scope, id, true);
    await expect(getModelProvider(administratorOf(scope), id)).rejects.toMatchObject({ code: "not_found" });
    expect(await rowsOf("AuditEntry")).toContain("model_provider.deleted");
  });
});

describe("another organization", () => {
  test("neither sees, changes, tests, uses nor deletes a connection", async () => {
    const { id } = await connect("Private");
    const notFound = { code: "not_found" };
    expect(
      (await listModelProviders(administratorOf(stranger))).map((provider) => provider.id),
    ).not.toContain(id);
    expect((await listSelectableModels(stranger)).map((model) => model.provider)).not.toContain(id);
    expect(await readModelProviderKey(stranger, id)).toBeNull();
    await expect(getModelProvider(administratorOf(stranger), id)).rejects.toMatchObject(notFound);
    await expect(updateModelProvider(stranger, id, { name: "Mine" })).rejects.toMatchObject(notFound);
    await expect(deleteModelProvider(stranger, id, true)).rejects.toMatchObject(notFound);
    await expect(testModelProvider(stranger, id, null)).rejects.toMatchObject(notFound);
    await expect(listProviderModels(stranger, id)).rejects.toMatchObject(notFound);
    const draft = { kind: "openai-compatible", base_url: mock.url, provider_id: id } as const;
    await expect(testModelProviderDraft(stranger, draft)).rejects.toMatchObject(notFound);
    await expect(bindModel(stranger, { provider: id, id: "mock-1" })).rejects.toMatchObject({
      code: "conflict",
    });
    expect((await getModelProvider(administratorOf(scope), id)).name).toBe("Private");
    expect(mock.requests).toEqual([]);
  });
});

describe("a test", () => {
  test("of a saved connection uses its key and is noted with it", async () => {
    const { id } = await connect("Tested");
    expect(await testModelProvider(scope, id, null)).toMatchObject({ ok: true, model: "mock-1" });
    expect(mock.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(await getModelProvider(administratorOf(scope), id)).toMatchObject({
      last_test_ok: true,
      last_test_detail: "2 models found; mock-1 answered.",
      last_tested_at: expect.stringMatching(/^\d{4}-/),
    });
  });

  test("of a draft stores nothing, and takes the saved key of the connection it edits", async () => {
    const { id } = await connect("Edited");
    const draft = {
      kind: "openai-compatible",
      base_url: mock.url,
      provider_id: id,
      model: "mock-2",
    } as const;
    expect(await testModelProviderDraft(scope, draft)).toMatchObject({ ok: true, model: "mock-2" });
    expect(mock.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect((await getModelProvider(administratorOf(scope), id)).last_tested_at).toBeNull();
  });

  test("of a vendor without a key asks for the key", async () => {
    await expect(testModelProviderDraft(scope, { kind: "anthropic" })).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("needs a key"),
    });
  });
});

describe("binding a model", () => {
  test("gives the demo model to everybody, free", async () => {
    const bound = await bindModel(stranger, { provider: "scripted", id: "demo-1" });
    expect(bound).toMatchObject({ id: "demo-1", provider: "scripted" });
    expect(bound.costMicroUsd({ ...NO_USAGE, inputTokens: 5 })).toBe(0);
    await expect(bindModel(scope, { provider: "scripted", id: "demo-2" })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("uses a new key and a switch-off at once", async () => {
    const { id } = await connect("Bound");
    const reference = { provider: id, id: "mock-1" };
    const first = await bindModel(scope, reference);
    expect(await bindModel(scope, reference)).toBe(first);
    expect(first.provider).toBe("Bound");
    expect(await say(first)).toBe(`Bearer ${KEY}`);
    await updateModelProvider(scope, id, { api_key: NEW_KEY });
    expect(await say(await bindModel(scope, reference))).toBe(`Bearer ${NEW_KEY}`);
    await updateModelProvider(scope, id, { enabled: false });
    await expect(bindModel(scope, reference)).rejects.toThrow("switched off");
    await deleteModelProvider(scope, id, false);
    await expect(bindModel(scope, reference)).rejects.toThrow("Models page");
  });

  test("knows the prices of a vendor's models", async () => {
    const { id } = await connect("Vendor", { kind: "openai" });
    const bound = await bindModel(scope, { provider: id, id: "gpt-4o-mini" });
    expect(bound.provider).toBe("OpenAI");
    expect(bound.costMicroUsd({ ...NO_USAGE, inputTokens: 1_000_000 })).toBe(150_000);
  });
});

test("an agent's form is offered the demo model and what enabled connections have saved", async () => {
  const own = await makeScope();
  await connect("On", { models: ["x", "y"] }, own);
  await connect("Off", { enabled: false }, own);
  expect(await listSelectableModels(own)).toEqual([
    { provider: "scripted", providerName: "Demo model", id: "demo-1" },
    { provider: "on", providerName: "On", id: "x" },
    { provider: "on", providerName: "On", id: "y" },
  ]);
});

test("the models in use are listed once each, by the vendor's name", async () => {
  const own = await makeScope();
  const { id } = await connect("Vendor", { kind: "openai" }, own);
  for (const agent of ["one", "two"]) {
    await addAgent(own, agent, { provider: id, id: "gpt-5-mini" });
  }
  const models = await listModels(own);
  expect(models.filter((model) => model.provider === "OpenAI")).toEqual([
    { id: "gpt-5-mini", provider: "OpenAI" },
  ]);
  expect(models).toContainEqual({ id: "demo-1", provider: "scripted" });
  expect((await listModels(stranger)).map((model) => model.provider)).toEqual(["scripted"]);
});
