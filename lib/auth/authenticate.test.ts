import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scopeOf } from "#lib/core/principal.ts";
import type { Scope } from "#lib/core/scope.ts";
import { revokeAuthSessions } from "#lib/db/auth-sessions.ts";
import { database } from "#lib/db/database.ts";
import { changeMember } from "#lib/db/members.ts";
import { identityEnvironment } from "#tests/support/identity-environment.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { makeUser } from "#tests/support/make-user.ts";
import { signTestToken, TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { authenticateRequest } from "./authenticate.ts";
import { openSignIn } from "./open-sign-in.ts";
import { encodeSessionToken } from "./session-token.ts";

let open: TestDatabase;
let scope: Scope;
let slug: string;
let removeFolder: () => void;

beforeAll(async () => {
  removeFolder = identityEnvironment({ JWT_VERIFICATION_KEY: TEST_JWT_KEY, JWT_ORGANIZATION: "tokens" });
  open = await openTestDatabase();
  scope = await makeScope();
  const { rows } = await open.pool.query<{ slug: string }>(`SELECT slug FROM "Organization"`);
  slug = rows[0]?.slug ?? "";
});

afterAll(async () => {
  await open.close();
  removeFolder();
});

function request(headers: Record<string, string>, method = "GET"): Request {
  return new Request("http://localhost:7777/api/agents", {
    method,
    headers: { host: "localhost:7777", ...headers },
  });
}

async function signedIn(userId: string): Promise<{ cookie: string; authSessionId: string }> {
  const token = await openSignIn(userId, "test");
  return {
    cookie: `gatehouse.session=${await encodeSessionToken(token)}`,
    authSessionId: token.authSessionId,
  };
}

describe("a token", () => {
  test("waits until its organization exists, then belongs to it", async () => {
    const authorization = `Bearer ${await signTestToken({ sub: "ann", scopes: ["agents:run"], session_id: "s" })}`;
    await expect(authenticateRequest(request({ authorization }))).rejects.toMatchObject({
      code: "unavailable",
    });
    const tokens = await makeScope({ slug: "tokens" });
    await expect(authenticateRequest(request({ authorization }))).resolves.toEqual({
      kind: "jwt",
      id: "ann",
      organizationId: tokens.organizationId,
      organizationSlug: "tokens",
      subject: "ann",
      scopes: ["agents:run"],
      role: null,
      sessionId: "s",
    });
  });

  test.each(["Bearer ", "bearer   ", ""])("counts behind the scheme %j", async (scheme) => {
    const authorization = `${scheme}${await signTestToken({ sub: "ann" })}`;
    await expect(authenticateRequest(request({ authorization }))).resolves.toMatchObject({ subject: "ann" });
  });

  test("does not get another organization by naming it", async () => {
    const authorization = `Bearer ${await signTestToken({ sub: "ann" })}`;
    const principal = await authenticateRequest(request({ authorization, "x-gatehouse-organization": slug }));
    expect(principal.organizationSlug).toBe("tokens");
  });

  test("that is wrong does not fall back to a good cookie", async () => {
    const user = await makeUser(scope.organizationId, "owner");
    const { cookie } = await signedIn(user.id);
    const headers = { authorization: "Bearer nonsense", cookie, "x-gatehouse-organization": slug };
    await expect(authenticateRequest(request(headers))).rejects.toThrow(/^Invalid token: /);
  });
});

test.each<Record<string, string>>([
  {},
  { authorization: "" },
  { authorization: "Bearer " },
  { authorization: "Basic YW5uOnNlY3JldA==" },
  { cookie: "other=1; gatehouse.session=" },
])("a request with %j is nobody's", async (headers) => {
  await expect(authenticateRequest(request(headers))).rejects.toMatchObject({
    code: "unauthenticated",
    message: "Authorization header missing",
  });
});

describe("the console's cookie", () => {
  test("stands for its user in the organization that the request names", async () => {
    const user = await makeUser(scope.organizationId, "member");
    const { cookie } = await signedIn(user.id);
    const { email: _, ...principal } = user;
    await expect(
      authenticateRequest(request({ cookie: `a=b; ${cookie}; c=d`, "x-gatehouse-organization": slug })),
    ).resolves.toEqual(principal);
  });

  test("counts beside the password that a browser has for a proxy in front of us", async () => {
    const user = await makeUser(scope.organizationId, "member");
    const { cookie } = await signedIn(user.id);
    const headers = { authorization: "Basic YW5uOnNlY3JldA==", cookie, "x-gatehouse-organization": slug };
    await expect(authenticateRequest(request(headers))).resolves.toMatchObject({ id: user.id });
  });

  test("does not count once revoked, at once", async () => {
    const user = await makeUser(scope.organizationId, "member");
    const { cookie, authSessionId } = await signedIn(user.id);
    const call = () => authenticateRequest(request({ cookie, "x-gatehouse-organization": slug }));
    await call();
    await revokeAuthSessions(user.id, { only: authSessionId });
    await expect(call()).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("does not count once its time is over, or its user is disabled", async () => {
    const user = await makeUser(scope.organizationId, "member");
    const first = await signedIn(user.id);
    const second = await signedIn(user.id);
    const call = (cookie: string) =>
      authenticateRequest(request({ cookie, "x-gatehouse-organization": slug }));
    await database().pool.query(
      `UPDATE "AuthSession" SET "expiresAt" = now() - interval '1 second' WHERE id = $1`,
      [first.authSessionId],
    );
    await expect(call(first.cookie)).rejects.toMatchObject({ code: "unauthenticated" });
    await call(second.cookie);
    await database().pool.query(`UPDATE "User" SET "disabledAt" = now() WHERE id = $1`, [user.id]);
    await expect(call(second.cookie)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("gives nothing once the user is removed, and the new role once it changes", async () => {
    const user = await makeUser(scope.organizationId, "member");
    const { cookie } = await signedIn(user.id);
    const call = () => authenticateRequest(request({ cookie, "x-gatehouse-organization": slug }));
    await changeMember(scope, user.id, "admin", () => true);
    await expect(call()).resolves.toMatchObject({ role: "admin", scopes: ["agent_os:admin"] });
    await changeMember(scope, user.id, null, () => true);
    await expect(call()).rejects.toMatchObject({ code: "forbidden" });
  });

  test("opens no organization of others, be it there or not", async () => {
    const stranger = await makeUser((await makeScope()).organizationId, "owner");
    const { cookie } = await signedIn(stranger.id);
    for (const name of [slug, "no-such-organization", "' OR 1=1 --"]) {
      await expect(
        authenticateRequest(request({ cookie, "x-gatehouse-organization": name })),
      ).rejects.toMatchObject({ code: "forbidden", message: "You are not a member of this organization." });
    }
  });

  test("needs the organization's name", async () => {
    const user = await makeUser(scope.organizationId, "member");
    const { cookie } = await signedIn(user.id);
    await expect(authenticateRequest(request({ cookie }))).rejects.toMatchObject({ code: "bad_request" });
  });

  test("is not accepted from another site's page", async () => {
    const user = await makeUser(scope.organizationId, "owner");
    const { cookie } = await signedIn(user.id);
    const headers = { cookie, "x-gatehouse-organization": slug, origin: "https://evil.test" };
    await expect(authenticateRequest(request(headers, "POST"))).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      authenticateRequest(request({ ...headers, origin: "http://localhost:7777" }, "POST")),
    ).resolves.toMatchObject({ id: user.id });
  });

  test("that we did not sign is worth nothing, nor one signed for another user's sign-in", async () => {
    const user = await makeUser(scope.organizationId, "owner");
    const { cookie, authSessionId } = await signedIn(user.id);
    const other = await makeUser(scope.organizationId, "member");
    const mixed = await encodeSessionToken({ userId: other.id, authSessionId });
    const apiToken = await signTestToken({ sub: user.id });
    for (const value of [
      `${cookie.slice(0, -2)}xx`,
      `gatehouse.session=${mixed}`,
      `gatehouse.session=${apiToken}`,
    ]) {
      await expect(
        authenticateRequest(request({ cookie: value, "x-gatehouse-organization": slug })),
      ).rejects.toMatchObject({ code: "unauthenticated" });
    }
  });
});

test("an administrator sees every subject's rows, a member their own", async () => {
  const admin = await makeUser(scope.organizationId, "admin");
  const member = await makeUser(scope.organizationId, "member");
  expect([scopeOf(admin).subject, scopeOf(member).subject]).toEqual([null, member.id]);
});
