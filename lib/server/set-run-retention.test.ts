import { afterAll, beforeAll, expect, it } from "vitest";
import { makeScope } from "#tests/support/make-scope.ts";
import { makeUser } from "#tests/support/make-user.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { getOrganizationSettings } from "./get-organization-settings.ts";
import { runRetentionSchema, setRunRetention } from "./set-run-retention.ts";

let db: TestDatabase;

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

it("is set by administrators of the organization only, and taken back", async () => {
  const { organizationId } = await makeScope();
  const admin = await makeUser(organizationId, "admin");
  const member = await makeUser(organizationId, "member");
  await expect(setRunRetention(member, 1)).rejects.toMatchObject({ code: "forbidden" });
  await setRunRetention(admin, 30);
  expect((await getOrganizationSettings(member)).run_retention_days).toBe(30);
  const stranger = await makeUser((await makeScope()).organizationId, "owner");
  expect((await getOrganizationSettings(stranger)).run_retention_days).toBeNull();
  await setRunRetention(admin, null);
  expect((await getOrganizationSettings(member)).run_retention_days).toBeNull();
});

it.each([
  ["", null],
  [" 30 ", 30],
])("reads %o as %o", (days, read) => {
  expect(runRetentionSchema.parse({ days })).toEqual({ days: read });
});

it.each(["0", "-1", "1.5", "soon", "999999"])("refuses %o with a sentence", (days) => {
  const [issue] = runRetentionSchema.safeParse({ days }).error?.issues ?? [];
  expect(issue?.message).toMatch(/\.$/);
});
