import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setupCode } from "#lib/auth/setup-code.ts";
import { decodeSessionToken } from "#lib/auth/session-token.ts";
import { liveSignIn } from "#lib/auth/live-sign-in.ts";
import { memberPrincipal } from "#lib/auth/member-principal.ts";
import type { Principal } from "#lib/core/principal.ts";
import { identityEnvironment } from "#tests/support/identity-environment.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { ensureFirstOrganization } from "./ensure-first-organization.ts";
import { findInvitation } from "./find-invitation.ts";
import { firstAccountNeeded } from "./first-account-needed.ts";
import { invitationSchema, inviteMember } from "./invite-member.ts";
import { listMembers } from "./list-members.ts";
import { revokeInvitation } from "./revoke-invitation.ts";
import { setOpenSignUp } from "./set-open-sign-up.ts";
import { signUp, signUpSchema } from "./sign-up.ts";
import { signUpState } from "./sign-up-state.ts";

const PASSWORD = "a gate of old oak";
const HERE = { address: "127.0.0.1", userAgent: "test", setupCodeNeeded: false };

let removeFolder: () => void;
let open: TestDatabase;

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
});

function account(change: Partial<Record<"email" | "setupCode" | "invitationSecret" | "name", string>> = {}) {
  return signUpSchema.parse({
    name: "Ada",
    email: `${randomUUID()}@example.com`,
    password: PASSWORD,
    ...change,
  });
}

/** Signs up and returns who that is. */
async function join(input = account()): Promise<Principal & { email: string }> {
  const { cookie, organizationSlug } = await signUp(input, HERE);
  const token = await decodeSessionToken(cookie);
  const principal = await memberPrincipal(token?.userId ?? "", organizationSlug);
  if (principal === null) throw new Error("Nobody came in");
  return { ...principal, email: input.email };
}

async function countRows(table: "User" | "Membership" | "AuthSession"): Promise<number> {
  const { rows } = await open.pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM "${table}"`);
  return rows[0]?.count ?? -1;
}

async function audited(): Promise<string[]> {
  const { rows } = await open.pool.query<{ action: string }>(`SELECT action FROM "AuditEntry" ORDER BY id`);
  return rows.map((row) => row.action);
}

describe("the first account", () => {
  test("owns the first organization, is signed in, and closes the door behind it", async () => {
    await expect(firstAccountNeeded()).resolves.toEqual({ firstAccountNeeded: true, setupCode: null });
    const { cookie, organizationSlug } = await signUp(account(), HERE);
    const signIn = await liveSignIn(cookie);
    await expect(memberPrincipal(signIn?.userId ?? "", organizationSlug)).resolves.toMatchObject({
      role: "owner",
      organizationSlug: "default",
    });
    await expect(signUpState()).resolves.toBe("closed");
    await expect(firstAccountNeeded()).resolves.toEqual({ firstAccountNeeded: false, setupCode: null });
    await expect(audited()).resolves.toEqual(["member.joined"]);
  });

  test("is one, however many try at once", async () => {
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => signUp(account(), HERE)));
    expect(tries.filter((each) => each.status === "fulfilled")).toHaveLength(1);
    const { rows } = await open.pool.query(`SELECT role FROM "Membership"`);
    expect(rows).toEqual([{ role: "owner" }]);
    await expect(countRows("User")).resolves.toBe(1);
  });

  test("from elsewhere needs the setup code, written as one likes", async () => {
    const elsewhere = { ...HERE, address: "203.0.113.7", setupCodeNeeded: true };
    for (const wrong of ["", "AAAA-BBBB-CCCC", `${setupCode()}X`]) {
      await expect(signUp(account({ setupCode: wrong }), elsewhere)).rejects.toMatchObject({
        code: "forbidden",
      });
    }
    await expect(countRows("User")).resolves.toBe(0);
    const typed = ` ${setupCode().toLowerCase().replaceAll("-", " ")} `;
    await expect(signUp(account({ setupCode: typed }), elsewhere)).resolves.toBeDefined();
  });

  test("cannot be had by guessing codes", async () => {
    const elsewhere = { ...HERE, address: "203.0.113.8", setupCodeNeeded: true };
    const outcomes: unknown[] = [];
    for (let n = 0; n < 12; n += 1) {
      const error = await signUp(account({ setupCode: `GUESS-${n}` }), elsewhere).catch(
        (caught: unknown) => caught,
      );
      outcomes.push(error instanceof Error && "code" in error ? error.code : error);
    }
    expect(outcomes).toEqual([...Array<string>(10).fill("forbidden"), "rate_limited", "rate_limited"]);
    await expect(signUp(account({ setupCode: setupCode() }), elsewhere)).rejects.toMatchObject({
      code: "rate_limited",
    });
  });
});

describe("later accounts", () => {
  test("are refused while sign-up is closed, made as members while it is open", async () => {
    const owner = await join();
    await expect(signUp(account(), HERE)).rejects.toMatchObject({ code: "forbidden" });
    await expect(countRows("User")).resolves.toBe(1);
    await setOpenSignUp(owner, true);
    await expect(join()).resolves.toMatchObject({ role: "member" });
    await setOpenSignUp(owner, false);
    await expect(signUp(account(), HERE)).rejects.toMatchObject({ code: "forbidden" });
    await expect(audited()).resolves.toEqual([
      "member.joined",
      "setting.changed",
      "member.joined",
      "setting.changed",
    ]);
  });

  test("have an e-mail of their own, whatever its case", async () => {
    const owner = await join(account({ email: "ada@example.com" }));
    await setOpenSignUp(owner, true);
    await expect(signUp(account({ email: "ADA@example.com" }), HERE)).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(countRows("Membership")).resolves.toBe(1);
  });
});

describe("an invitation", () => {
  async function invite(owner: Principal, change: { email?: string; role?: string } = {}) {
    return inviteMember(owner, invitationSchema.parse({ email: "", role: "admin", ...change }));
  }

  test("shows what it offers and makes one person a member, once", async () => {
    const { secret } = await invite(await join());
    await expect(findInvitation(secret)).resolves.toEqual({
      organizationName: "Default",
      organizationSlug: "default",
      role: "admin",
      email: null,
    });
    await expect(join(account({ invitationSecret: secret }))).resolves.toMatchObject({ role: "admin" });
    await expect(findInvitation(secret)).resolves.toBeNull();
    await expect(signUp(account({ invitationSecret: secret }), HERE)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("lets one person in when several use it at once", async () => {
    const { secret } = await invite(await join());
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () => signUp(account({ invitationSecret: secret }), HERE)),
    );
    expect(tries.filter((each) => each.status === "fulfilled")).toHaveLength(1);
    await expect(countRows("Membership")).resolves.toBe(2);
  });

  test("is kept as a hash only, and its audit rows hold no secret", async () => {
    const { secret } = await invite(await join());
    const { rows } = await open.pool.query(`SELECT * FROM "Invitation", "AuditEntry"`);
    expect(
      JSON.stringify(rows, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
    ).not.toContain(secret);
  });

  test("for one address opens to no other, and stays open for the right one", async () => {
    const { secret } = await invite(await join(), { email: "Grace@Example.com" });
    await expect(
      signUp(account({ email: "eve@example.com", invitationSecret: secret }), HERE),
    ).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      join(account({ email: "grace@example.com", invitationSecret: secret })),
    ).resolves.toMatchObject({ role: "admin" });
  });

  test("opens nothing once revoked or expired", async () => {
    const owner = await join();
    const revoked = await invite(owner);
    const expired = await invite(owner);
    await revokeInvitation(owner, revoked.invitation.id);
    await open.pool.query(`UPDATE "Invitation" SET "expiresAt" = now() - interval '1 second' WHERE id = $1`, [
      expired.invitation.id,
    ]);
    for (const { secret } of [revoked, expired]) {
      await expect(findInvitation(secret)).resolves.toBeNull();
      await expect(signUp(account({ invitationSecret: secret }), HERE)).rejects.toMatchObject({
        code: "not_found",
      });
    }
    await expect(revokeInvitation(owner, revoked.invitation.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(listMembers(owner)).resolves.toMatchObject({ invitations: [] });
  });

  test("makes an existing user a member, but not twice", async () => {
    const owner = await join();
    const { secret } = await invite(owner, { role: "member" });
    await expect(acceptInvitation(owner, secret)).rejects.toMatchObject({ code: "conflict" });
    await setOpenSignUp(owner, true);
    const guest = await join();
    await open.pool.query(`DELETE FROM "Membership" WHERE "userId" = $1`, [guest.id]);
    await expect(acceptInvitation(guest, secret)).resolves.toMatchObject({ organizationSlug: "default" });
    await expect(memberPrincipal(guest.id, "default")).resolves.toMatchObject({ role: "member" });
  });

  test("is nothing that a made-up secret opens", async () => {
    await join();
    for (const secret of ["", "x", "' OR 1=1 --", "x".repeat(200), "\0"]) {
      await expect(findInvitation(secret)).resolves.toBeNull();
      await expect(signUp(account({ invitationSecret: secret }), HERE)).rejects.toMatchObject({
        code: "not_found",
      });
    }
  });
});
