import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import { createComponentSchema, createConfigSchema } from "#lib/core/component.ts";
import type { JsonObject } from "#lib/core/json.ts";
import type { Scope } from "#lib/core/scope.ts";
import { registerDatabase } from "#lib/db/database.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { createComponent } from "./create-component.ts";
import { createComponentConfig } from "./create-component-config.ts";
import { deleteComponent } from "./delete-component.ts";
import { deleteComponentConfig } from "./delete-component-config.ts";
import { getComponent } from "./get-component.ts";
import { getComponentConfig } from "./get-component-config.ts";
import { getCurrentConfig } from "./get-current-config.ts";
import { listAgents } from "./list-agents.ts";
import { listComponentConfigs } from "./list-component-configs.ts";
import { listComponents } from "./list-components.ts";
import { resolveAgent } from "./resolve-agent.ts";
import { setCurrentConfig } from "./set-current-config.ts";
import { updateComponent } from "./update-component.ts";
import { updateComponentConfig } from "./update-component-config.ts";

const model = { provider: "scripted", id: "demo-1" };
let db: TestDatabase;
let scope: Scope;
let stranger: Scope;

beforeAll(async () => {
  db = await openTestDatabase();
  scope = await makeScope();
  stranger = await makeScope();
});
afterAll(() => db.close());

const create = (input: JsonObject, who = scope) =>
  createComponent(who, createComponentSchema.parse({ component_type: "agent", ...input }));
const addConfig = (id: string, input: JsonObject, who = scope) =>
  createComponentConfig(who, id, createConfigSchema.parse(input));

async function refusal(work: Promise<unknown>): Promise<{ status: number; detail: unknown }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AppError) return { status: error.status, detail: error.issues ?? error.message };
    throw error;
  }
  throw new Error("It was not refused");
}

async function auditOf(id: string): Promise<string[]> {
  const { rows } = await db.pool.query<{ action: string }>(
    `SELECT action FROM "AuditEntry" WHERE "organizationId" = $1 AND "targetId" = $2 ORDER BY id`,
    [scope.organizationId, id],
  );
  return rows.map(({ action }) => action);
}

describe("the form's way", () => {
  test("a published agent can be run at once, and an edit is its next version", async () => {
    await create({
      name: "Form Agent",
      description: "d",
      stage: "published",
      config: { model, instructions: "be brief" },
    });
    const first = await resolveAgent(scope, "form-agent");
    expect(first).toMatchObject({ source: "stored", version: 1, stage: "published" });
    expect(first.definition).toMatchObject({
      name: "Form Agent",
      description: "d",
      instructions: "be brief",
    });

    await addConfig("form-agent", {
      stage: "published",
      config: { id: "form-agent", name: "Renamed", description: "new", model, instructions: "be long" },
    });
    const second = await resolveAgent(scope, "form-agent");
    expect(second).toMatchObject({ version: 2, definition: { name: "Renamed", description: "new" } });
    expect((await getComponent(scope, "form-agent")).name).toBe("Renamed");
    const again = await updateComponent(scope, "form-agent", { name: "Renamed", description: "new" });
    expect(again.current_version).toBe(2);
    expect((await resolveAgent(scope, "form-agent", 1)).definition.instructions).toBe("be brief");
    expect(await auditOf("form-agent")).toEqual(["component.created", "component.version_created"]);
  });

  test("a change of name alone shows everywhere", async () => {
    await create({ name: "Old name", component_id: "renamed", stage: "published", config: { model } });
    await updateComponent(scope, "renamed", { name: "New name", description: null });
    expect((await resolveAgent(scope, "renamed")).definition.name).toBe("New name");
    expect((await listAgents(scope)).map(({ definition }) => definition.name)).toContain("New name");
  });

  test("agents in code come first, and resolving one reads nothing", async () => {
    const [first] = await listAgents(scope);
    expect(first).toMatchObject({ source: "code", version: null });
    registerDatabase(null);
    try {
      expect((await resolveAgent(stranger, first?.definition.id ?? "")).source).toBe("code");
    } finally {
      registerDatabase(db);
    }
  });
});

describe("versions", () => {
  test("a draft is not run until it is published, and never changes after", async () => {
    await create({ name: "Draft", config: { instructions: ["one", "two"] } });
    expect((await getComponent(scope, "draft")).current_version).toBeUndefined();
    expect((await getCurrentConfig(scope, "draft")).config).toMatchObject({ instructions: "one\ntwo" });
    expect(await refusal(resolveAgent(scope, "draft"))).toEqual({ status: 404, detail: "Agent not found" });
    expect((await refusal(updateComponentConfig(scope, "draft", 1, { stage: "published" }))).status).toBe(
      422,
    );

    await updateComponentConfig(scope, "draft", 1, { config: { model, instructions: "three" }, label: "l" });
    const published = await updateComponentConfig(scope, "draft", 1, { stage: "published" });
    expect(published).toMatchObject({ stage: "published", label: "l", config: { instructions: "three" } });
    expect((await resolveAgent(scope, "draft")).version).toBe(1);
    expect(await refusal(updateComponentConfig(scope, "draft", 1, { label: "x" }))).toEqual({
      status: 400,
      detail: "Cannot update published config draft v1",
    });
    expect(await refusal(deleteComponentConfig(scope, "draft", 1))).toEqual({
      status: 400,
      detail: "Cannot delete current config draft v1",
    });
  });

  test("an earlier version can be made current again, a draft cannot", async () => {
    await create({ name: "First", component_id: "back", stage: "published", config: { model } });
    await addConfig("back", { stage: "published", config: { name: "Second", model } });
    await addConfig("back", { config: { name: "Third" } });
    expect(await setCurrentConfig(scope, "back", 1)).toMatchObject({ current_version: 1, name: "First" });
    expect((await refusal(setCurrentConfig(scope, "back", 3))).detail).toBe(
      "Cannot set draft config back v3 as current. Publish it first.",
    );
    await deleteComponentConfig(scope, "back", 3);
    expect(
      (await listComponentConfigs(scope, "back", false)).map((row) => [row.version, row.config]),
    ).toEqual([
      [2, undefined],
      [1, undefined],
    ]);
    expect((await refusal(getComponentConfig(scope, "back", 3))).detail).toBe("Config back v3 not found");
  });

  test("of two editors who began at the same version, the second is told", async () => {
    await create({ name: "Contested", stage: "published", config: { model } });
    const edit = (instructions: string) =>
      addConfig("contested", { stage: "published", expected_version: 1, config: { model, instructions } });
    await edit("mine");
    expect((await refusal(edit("theirs"))).status).toBe(409);
    expect((await resolveAgent(scope, "contested")).definition.instructions).toBe("mine");
  });

  test("versions added at the same moment never share a number", async () => {
    await create({ name: "Busy", stage: "published", config: { model } });
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) =>
        addConfig("busy", { stage: "published", config: { model, instructions: `edit ${index}` } }),
      ),
    );
    const done = results.flatMap((result) => (result.status === "fulfilled" ? [result.value.version] : []));
    const refused = results.flatMap((result) =>
      result.status === "rejected" ? [result.reason as AppError] : [],
    );
    expect(new Set(done).size).toBe(done.length);
    expect(refused.every((error) => error.status === 409)).toBe(true);
    expect((await listComponentConfigs(scope, "busy", false)).length).toBe(done.length + 1);
  });
});

describe("a config at fault names its field", () => {
  test.each<[string, JsonObject, unknown]>([
    [
      "no model",
      {},
      { type: "missing", loc: ["body", "config", "model"], msg: "Field required", input: null },
    ],
    [
      "instructions of the wrong type",
      { model, instructions: 7 },
      {
        type: "string_type",
        loc: ["body", "config", "instructions"],
        msg: "Input should be a valid string",
        input: 7,
      },
    ],
    [
      "a tool that does not exist",
      { model, tools: ["calculator", "teleport"] },
      {
        type: "value_error",
        loc: ["body", "config", "tools", 1],
        msg: "There is no tool 'teleport'",
        input: "teleport",
      },
    ],
    [
      "a model connection that does not exist",
      { model: { provider: "nowhere", id: "m" } },
      {
        type: "value_error",
        loc: ["body", "config", "model", "provider"],
        msg: "There is no model connection 'nowhere'. Connect it on the Models page first",
        input: "nowhere",
      },
    ],
    [
      "another component's id",
      { model, id: "other" },
      {
        type: "value_error",
        loc: ["body", "config", "id"],
        msg: "The id in the config must be the component's own, 'faulty'",
        input: "other",
      },
    ],
  ])("%s", async (_name, config, issue) => {
    const refused = await refusal(create({ name: "Faulty", stage: "published", config }));
    expect(refused).toEqual({ status: 422, detail: [issue] });
  });

  test("a definition over a megabyte is refused", async () => {
    const session_state = { text: "x".repeat(1024 * 1024) };
    expect((await refusal(create({ name: "Huge", config: { session_state } }))).status).toBe(422);
  });
});

describe("ids", () => {
  test("one that is taken, by a stored agent or by one in code, is refused", async () => {
    await create({ name: "Twice", config: {} });
    expect((await refusal(create({ name: "Twice", config: {} }))).status).toBe(409);
    expect((await refusal(create({ name: "Assistant", config: {} }))).status).toBe(409);
    expect(await auditOf("twice")).toEqual(["component.created"]);
  });
});

test("another organization sees and changes nothing", async () => {
  await create({ name: "Private", stage: "published", config: { model } });
  expect((await listComponents(stranger, { type: null, page: 1, limit: 20 })).meta.total_count).toBe(0);
  expect((await listAgents(stranger)).every(({ source }) => source === "code")).toBe(true);
  const refusals = await Promise.all(
    [
      getComponent(stranger, "private"),
      updateComponent(stranger, "private", { name: "Mine" }),
      deleteComponent(stranger, "private"),
      listComponentConfigs(stranger, "private", true),
      getCurrentConfig(stranger, "private"),
      getComponentConfig(stranger, "private", 1),
      addConfig("private", { config: {} }, stranger),
      updateComponentConfig(stranger, "private", 1, { label: "x" }),
      deleteComponentConfig(stranger, "private", 1),
      setCurrentConfig(stranger, "private", 1),
      resolveAgent(stranger, "private"),
    ].map(refusal),
  );
  expect(refusals.map(({ status }) => status)).toEqual(refusals.map(() => 404));
  expect((await resolveAgent(scope, "private")).definition.name).toBe("Private");
});

test("the list comes in pages, newest first", async () => {
  const own = await makeScope();
  for (const name of ["One", "Two", "Three"]) await create({ name, config: {} }, own);
  const page = await listComponents(own, { type: "agent", page: 2, limit: 2 });
  expect(page.meta).toMatchObject({ page: 2, limit: 2, total_pages: 2, total_count: 3 });
  expect(page.data).toHaveLength(1);
  expect((await listComponents(own, { type: "team", page: 1, limit: 20 })).data).toEqual([]);
  await deleteComponent(own, "one");
  expect((await refusal(deleteComponent(own, "one"))).status).toBe(404);
});
