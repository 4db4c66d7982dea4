import { afterAll, beforeAll, expect, it } from "vitest";
import type { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import { identityEnvironment } from "#tests/support/identity-environment.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { checkAgentConfig } from "./check-agent-config.ts";

let db: TestDatabase;
let scope: Scope;
let removeFolder: () => void;

beforeAll(async () => {
  removeFolder = identityEnvironment();
  db = await openTestDatabase();
  scope = await makeScope();
});
afterAll(async () => {
  await db.close();
  removeFolder();
});

it.each([
  [{ calculator: { requires_confirmation: true } }, "does not have the tool"],
  [{ take_note: { requires_user_input: true, user_input_fields: ["body"] } }, "has no argument"],
  [{ take_note: { requires_confirmation: true, external_execution: true } }, "Choose one"],
])("tool settings that mean nothing are refused at their place: %j", async (settings, words) => {
  const config = {
    model: { provider: "scripted", id: "demo-1" },
    tools: ["take_note"],
    tool_settings: settings,
  };
  const owner = { id: "a", name: "A", description: null, stage: "published" as const };
  const error = await checkAgentConfig(scope, config, owner).then(
    () => null,
    (thrown: AppError) => thrown,
  );
  expect(error?.status).toBe(422);
  expect(error?.issues?.[0]?.loc.slice(0, 4)).toEqual([
    "body",
    "config",
    "tool_settings",
    Object.keys(settings)[0],
  ]);
  expect(error?.issues?.[0]?.msg).toContain(words);
});
