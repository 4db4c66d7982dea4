import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { identityEnvironment } from "#tests/support/identity-environment.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";

let open: TestDatabase;
let removeFolder: () => void;

beforeAll(async () => {
  removeFolder = identityEnvironment();
  open = await openTestDatabase();
});

afterAll(async () => {
  await open.close();
  removeFolder();
});

beforeEach(() => open.pool.query(`TRUNCATE "Organization", "User" CASCADE`));

afterEach(() => vi.unstubAllEnvs());

/** The start of a process with these settings, which are read once in a process. */
async function start(settings: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  vi.resetModules();
  const [{ ensureFirstOrganization }, { ensureOwner }] = await Promise.all([
    import("./ensure-first-organization.ts"),
    import("./ensure-owner.ts"),
  ]);
  await ensureFirstOrganization();
  await ensureOwner();
}

async function owners(): Promise<unknown[]> {
  const { rows } = await open.pool.query(
    `SELECT u.email, m.role, o.slug FROM "User" u JOIN "Membership" m ON m."userId" = u.id
     JOIN "Organization" o ON o.id = m."organizationId"`,
  );
  return rows;
}

const EMAIL = "Ops@Example.com";
const PASSWORD = "a gate of old oak";

describe("the first start", () => {
  test("makes one organization, also when replicas start at once, and again at no later start", async () => {
    await start({});
    await start({});
    const { ensureFirstOrganization } = await import("./ensure-first-organization.ts");
    await Promise.all([1, 2, 3].map(() => ensureFirstOrganization()));
    const { rows } = await open.pool.query(`SELECT slug, name FROM "Organization"`);
    expect(rows).toEqual([{ slug: "default", name: "Default" }]);
    await expect(owners()).resolves.toEqual([]);
  });

  test("makes the organization that tokens belong to", async () => {
    await start({ JWT_ORGANIZATION: "acme" });
    const { rows } = await open.pool.query(`SELECT slug FROM "Organization"`);
    expect(rows).toEqual([{ slug: "acme" }]);
    await expect(start({ JWT_ORGANIZATION: "No Slug" })).rejects.toThrow(/JWT_ORGANIZATION must be/);
  });

  test("makes the owner that the operator names, who can sign in", async () => {
    await start({ GATEHOUSE_OWNER_EMAIL: EMAIL, GATEHOUSE_OWNER_PASSWORD: PASSWORD });
    await expect(owners()).resolves.toEqual([{ email: "ops@example.com", role: "owner", slug: "default" }]);
    const { signIn } = await import("./sign-in.ts");
    await expect(
      signIn({ email: EMAIL, password: PASSWORD }, { address: "here", userAgent: null }),
    ).resolves.toBeDefined();
  });

  test("leaves the accounts alone when there are some", async () => {
    await start({ GATEHOUSE_OWNER_EMAIL: EMAIL, GATEHOUSE_OWNER_PASSWORD: PASSWORD });
    await start({ GATEHOUSE_OWNER_EMAIL: "other@example.com", GATEHOUSE_OWNER_PASSWORD: PASSWORD });
    await expect(owners()).resolves.toHaveLength(1);
  });

  test.each([
    ["half of the pair", { GATEHOUSE_OWNER_EMAIL: EMAIL }, /together/],
    ["no e-mail", { GATEHOUSE_OWNER_EMAIL: "ops", GATEHOUSE_OWNER_PASSWORD: PASSWORD }, /not an e-mail/],
    ["a weak password", { GATEHOUSE_OWNER_EMAIL: EMAIL, GATEHOUSE_OWNER_PASSWORD: "short" }, /at least 10/],
  ])("says what is wrong with %s", async (_, settings, sentence) => {
    await expect(start(settings)).rejects.toThrow(sentence);
    await expect(owners()).resolves.toEqual([]);
  });
});
