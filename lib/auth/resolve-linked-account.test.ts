import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { LOCAL_CALLER_HEADER } from "#lib/core/local-caller-header.ts";
import type { Principal } from "#lib/core/principal.ts";
import { findLinkedUserId, listLinkedProviders } from "#lib/db/linked-accounts.ts";
import { ensureFirstOrganization } from "#lib/server/ensure-first-organization.ts";
import { inviteMember } from "#lib/server/invite-member.ts";
import { setOpenSignUp } from "#lib/server/set-open-sign-up.ts";
import { identityEnvironment } from "#tests/support/identity-environment.ts";
import { makeUser } from "#tests/support/make-user.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { resolveLinkedAccount } from "./resolve-linked-account.ts";

let open: TestDatabase;
let organizationId: string;
let removeFolder: () => void;

beforeAll(async () => {
  removeFolder = identityEnvironment();
  open = await openTestDatabase();
});

afterAll(async () => {
  await open.close();
  removeFolder();
});

beforeEach(async () => {
  await open.pool.query(`TRUNCATE "Organization", "User" CASCADE`);
  await ensureFirstOrganization();
  const { rows } = await open.pool.query<{ id: string }>(`SELECT id FROM "Organization"`);
  organizationId = rows[0]?.id ?? "";
});

const LOOPBACK = new Headers({ [LOCAL_CALLER_HEADER]: "1" });
const visitor = { signedInUserId: null, invitationSecret: null, headers: LOOPBACK };

function github(email: string | null = `${randomUUID()}@example.com`) {
  return { provider: "github", providerAccountId: randomUUID(), email, name: "Ada" };
}

async function roleOf(identity: { provider: string; providerAccountId: string }): Promise<unknown> {
  const userId = await findLinkedUserId(identity);
  const { rows } = await open.pool.query(`SELECT role FROM "Membership" WHERE "userId" = $1`, [userId]);
  return rows[0]?.role ?? null;
}

const owner = (): Promise<Principal & { email: string }> => makeUser(organizationId, "owner");

describe("somebody whom another provider vouches for", () => {
  test("becomes the first owner on this machine, and comes in again as the same user", async () => {
    const ada = github();
    await expect(resolveLinkedAccount(ada, visitor)).resolves.toBeNull();
    await expect(resolveLinkedAccount({ ...ada, email: "new@example.com" }, visitor)).resolves.toBeNull();
    await expect(roleOf(ada)).resolves.toBe("owner");
    const { rows } = await open.pool.query(`SELECT 1 FROM "User"`);
    expect(rows).toHaveLength(1);
  });

  test("does not become the first owner from elsewhere", async () => {
    const elsewhere = { ...visitor, headers: new Headers({ host: "gate.example.com" }) };
    await expect(resolveLinkedAccount(github(), elsewhere)).resolves.toBe("sign_up_closed");
  });

  test("gets no account while sign-up is closed, a member's while it is open", async () => {
    const first = await owner();
    const ada = github();
    await expect(resolveLinkedAccount(ada, visitor)).resolves.toBe("sign_up_closed");
    await setOpenSignUp(first, true);
    await expect(resolveLinkedAccount(ada, visitor)).resolves.toBeNull();
    await expect(roleOf(ada)).resolves.toBe("member");
  });

  test("joins by an invitation, once, and only by one for their address", async () => {
    const { secret } = await inviteMember(await owner(), { email: "ada@example.com", role: "admin" });
    const invited = { ...visitor, invitationSecret: secret };
    await expect(resolveLinkedAccount(github(), invited)).resolves.toBe("sign_up_closed");
    const ada = github("Ada@Example.com");
    await expect(resolveLinkedAccount(ada, invited)).resolves.toBeNull();
    await expect(roleOf(ada)).resolves.toBe("admin");
    await expect(resolveLinkedAccount(github(), invited)).resolves.toBe("sign_up_closed");
  });

  test("never takes over an account because its e-mail is the same", async () => {
    const first = await owner();
    await setOpenSignUp(first, true);
    const thief = github(first.email);
    await expect(resolveLinkedAccount(thief, visitor)).resolves.toBe("not_linked");
    await expect(findLinkedUserId(thief)).resolves.toBeNull();
  });

  test("needs an e-mail for a new account", async () => {
    await expect(resolveLinkedAccount(github(null), visitor)).resolves.toBe("no_email");
  });

  test("links the account when signed in, unless it is somebody else's", async () => {
    const [first, second] = [await owner(), await makeUser(organizationId, "member")];
    const ada = github();
    await expect(resolveLinkedAccount(ada, { ...visitor, signedInUserId: first.id })).resolves.toBeNull();
    await expect(findLinkedUserId(ada)).resolves.toBe(first.id);
    await expect(resolveLinkedAccount(ada, { ...visitor, signedInUserId: second.id })).resolves.toBe(
      "linked_elsewhere",
    );
    await expect(listLinkedProviders(second.id)).resolves.toEqual([]);
    const { rows } = await open.pool.query(`SELECT action, details FROM "AuditEntry"`);
    expect(rows).toEqual([{ action: "user.account_linked", details: { provider: "github" } }]);
  });
});
