import type * as argon2 from "@node-rs/argon2";
import { randomUUID } from "node:crypto";
import { verify } from "@node-rs/argon2";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { hashPassword } from "#lib/auth/password-hash.ts";
import { liveSignIn } from "#lib/auth/live-sign-in.ts";
import type { Scope } from "#lib/core/scope.ts";
import { identityEnvironment } from "#tests/support/identity-environment.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { makeUser } from "#tests/support/make-user.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { changePassword, passwordChangeSchema } from "./change-password.ts";
import { listSignIns } from "./list-sign-ins.ts";
import { renameUser } from "./rename-user.ts";
import { revokeSignIn } from "./revoke-sign-in.ts";
import { signIn } from "./sign-in.ts";
import { signOutEverywhere } from "./sign-out-everywhere.ts";

vi.mock("@node-rs/argon2", async (load) => {
  const library = await load<typeof argon2>();
  return { ...library, verify: vi.fn(library.verify) };
});

const PASSWORD = "a gate of old oak";
const WRONG = { code: "unauthenticated", message: "The e-mail or the password is wrong." };

let open: TestDatabase;
let scope: Scope;
let passwordHash: string;
let removeFolder: () => void;

beforeAll(async () => {
  removeFolder = identityEnvironment();
  open = await openTestDatabase();
  scope = await makeScope();
  passwordHash = await hashPassword(PASSWORD);
});

afterAll(async () => {
  await open.close();
  removeFolder();
});

const somewhere = () => ({ address: randomUUID(), userAgent: "Firefox" });
const person = () => makeUser(scope.organizationId, "member", { passwordHash });

/** Signs in and returns the cookie with what stands in it. */
async function enter(email: string) {
  const cookie = await signIn({ email, password: PASSWORD }, somewhere());
  const token = await liveSignIn(cookie);
  if (token === null) throw new Error("The sign-in does not count");
  return { cookie, id: token.userId, authSessionId: token.authSessionId };
}

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  const error = await work.then(
    () => null,
    (caught: unknown) => caught,
  );
  return error instanceof Error && "code" in error ? error.code : error;
}

describe("signing in", () => {
  test("makes a row of its own per device", async () => {
    const { email, id } = await person();
    const [first, second] = [await enter(email.toUpperCase()), await enter(` ${email} `)];
    expect(first.authSessionId).not.toBe(second.authSessionId);
    expect(await listSignIns({ id, authSessionId: second.authSessionId })).toMatchObject([
      { id: second.authSessionId, isCurrent: true, userAgent: "Firefox" },
      { id: first.authSessionId, isCurrent: false },
    ]);
  });

  test("answers alike whether e-mail or password is wrong, or there is no password at all", async () => {
    const { email } = await person();
    const { email: passwordless } = await makeUser(scope.organizationId, "member");
    for (const credentials of [
      { email, password: "not the password" },
      { email, password: "" },
      { email: "nobody@example.com", password: PASSWORD },
      { email: passwordless, password: PASSWORD },
      { email: "no e-mail", password: PASSWORD },
      { email: "a\0b@example.com", password: "\0" },
      { email, password: "x".repeat(100_000) },
    ]) {
      await expect(signIn(credentials, somewhere())).rejects.toMatchObject(WRONG);
    }
  });

  test("does the work of a check for an unknown e-mail, too", async () => {
    const checks = vi.mocked(verify);
    checks.mockClear();
    await codeOf(signIn({ email: "nobody@example.com", password: "not the password" }, somewhere()));
    await codeOf(signIn({ email: (await person()).email, password: "not the password" }, somewhere()));
    const costs = checks.mock.calls.map(([hash]) => String(hash).split("$").slice(0, 4).join("$"));
    expect(costs).toEqual(Array<string>(2).fill("$argon2id$v=19$m=19456,t=2,p=1"));
  });

  test("is possible ten times a minute for an e-mail and an address", async () => {
    const { email } = await person();
    const visitor = somewhere();
    const codes: unknown[] = [];
    for (let n = 0; n < 11; n += 1) codes.push(await codeOf(signIn({ email, password: "wrong" }, visitor)));
    expect(codes).toEqual([...Array<string>(10).fill("unauthenticated"), "rate_limited"]);
    const error = await signIn({ email, password: PASSWORD }, visitor).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "rate_limited", headers: { "retry-after": expect.any(String) } });
    await expect(enter(email)).resolves.toBeDefined();
    await expect(enter((await person()).email)).resolves.toBeDefined();
  });

  test("is not slowed down for somebody who knows the password", async () => {
    const { email } = await person();
    const visitor = somewhere();
    for (let n = 0; n < 11; n += 1) await signIn({ email, password: PASSWORD }, visitor);
  });

  test("is bounded for an e-mail that is tried from many addresses", async () => {
    const email = "many@example.com";
    const codes = await Promise.all(
      Array.from({ length: 62 }, () => codeOf(signIn({ email, password: "wrong" }, somewhere()))),
    );
    expect(codes.filter((code) => code === "rate_limited")).toHaveLength(2);
  });

  test.each([
    ["198.35.26.96", "198.35.26.96", 3],
    ["2620:0:861:ed1a::1", "2620:0:861:ed1a:ffff::2", 3],
    ["2620:0:861:ed1b::1", "2620:0:861:ed1c::1", 0],
    // All people behind a proxy that nobody trusts come from here.
    ["10.0.0.7", "10.0.0.7", 0],
  ])(
    "is bounded for many e-mails: a hundred from %s and three more from %s",
    async (first, last, refused) => {
      const checks = vi.mocked(verify).mockResolvedValue(false);
      const from = [...Array<string>(100).fill(first), ...Array<string>(3).fill(last)];
      const tries = from.map((address) =>
        codeOf(
          signIn({ email: `${randomUUID()}@example.com`, password: "wrong" }, { ...somewhere(), address }),
        ),
      );
      const codes = await Promise.all(tries);
      expect(codes.filter((code) => code === "rate_limited")).toHaveLength(refused);
      checks.mockRestore();
    },
  );

  test("keeps passwords as argon2id with the cost that is advised", () => {
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe("a sign-in", () => {
  test("ends at once when its owner revokes it, and only that one", async () => {
    const { email, id } = await person();
    const [here, there] = [await enter(email), await enter(email)];
    await revokeSignIn({ id }, there.authSessionId);
    await expect(liveSignIn(there.cookie)).resolves.toBeNull();
    await expect(liveSignIn(here.cookie)).resolves.toMatchObject({ userId: id });
    await expect(revokeSignIn({ id }, there.authSessionId)).rejects.toMatchObject({ code: "not_found" });
    const { rows } = await open.pool.query(
      `SELECT action FROM "AuditEntry" WHERE "actorId" = $1 AND "organizationId" = $2`,
      [id, scope.organizationId],
    );
    expect(rows).toEqual([{ action: "sign_in.revoked" }]);
  });

  test("is not another user's to revoke", async () => {
    const { email } = await person();
    const theirs = await enter(email);
    await expect(revokeSignIn(await person(), theirs.authSessionId)).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(liveSignIn(theirs.cookie)).resolves.not.toBeNull();
  });

  test("ends with all others when one signs out everywhere", async () => {
    const { email, id } = await person();
    const cookies = [(await enter(email)).cookie, (await enter(email)).cookie];
    await expect(signOutEverywhere({ id })).resolves.toBe(2);
    for (const cookie of cookies) await expect(liveSignIn(cookie)).resolves.toBeNull();
  });
});

describe("a new password", () => {
  const NEW = { currentPassword: PASSWORD, newPassword: "a gate of new iron" };

  test("replaces the old one and ends the sign-ins elsewhere", async () => {
    const { email } = await person();
    const [here, there] = [await enter(email), await enter(email)];
    await changePassword(here, passwordChangeSchema.parse(NEW));
    await expect(liveSignIn(here.cookie)).resolves.not.toBeNull();
    await expect(liveSignIn(there.cookie)).resolves.toBeNull();
    await expect(signIn({ email, password: PASSWORD }, somewhere())).rejects.toMatchObject(WRONG);
    await expect(signIn({ email, password: NEW.newPassword }, somewhere())).resolves.toBeDefined();
  });

  test("needs the current one, where there is one", async () => {
    const here = await enter((await person()).email);
    await expect(changePassword(here, { ...NEW, currentPassword: "guess" })).rejects.toMatchObject({
      code: "forbidden",
    });
    const { id, email } = await makeUser(scope.organizationId, "member");
    await changePassword({ id, authSessionId: "none" }, { ...NEW, currentPassword: "" });
    await expect(signIn({ email, password: NEW.newPassword }, somewhere())).resolves.toBeDefined();
  });

  test("is the first of two at once", async () => {
    const here = await enter((await person()).email);
    const both = await Promise.allSettled([
      changePassword(here, NEW),
      changePassword(here, { ...NEW, newPassword: "a gate of bronze" }),
    ]);
    expect(both.map((each) => each.status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });
});

test("a new name is kept, with an audit row", async () => {
  const { id } = await person();
  await renameUser({ id }, "Ada Lovelace");
  const { rows } = await open.pool.query(
    `SELECT u.name, a.action FROM "User" u JOIN "AuditEntry" a ON a."targetId" = u.id WHERE u.id = $1`,
    [id],
  );
  expect(rows).toEqual([{ name: "Ada Lovelace", action: "user.renamed" }]);
});
