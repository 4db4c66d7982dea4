import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CookieJar } from "#tests/support/cookie-jar.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

const OWNER = { email: "owner@example.com", password: "a gate of old oak" };

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({
    env: {
      GATEHOUSE_OWNER_EMAIL: OWNER.email,
      GATEHOUSE_OWNER_PASSWORD: OWNER.password,
      GITHUB_CLIENT_ID: "client",
      GITHUB_CLIENT_SECRET: "secret",
    },
  });
}, 180_000);

afterAll(() => server?.stop());

const AS_CONSOLE = { "x-gatehouse-organization": "default", "sec-fetch-site": "same-origin" };

describe("the console's cookie", () => {
  it("is set for its own site only, unreadable for scripts, and opens the API until one signs out", async () => {
    const jar = new CookieJar(server.url);
    const answer = await jar.signIn(OWNER);
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "/"]);
    const flags = jar.attributes.get("gatehouse.session") ?? "";
    expect(flags).toMatch(/Path=\/(;|$)/);
    expect(flags).toMatch(/HttpOnly/i);
    expect(flags).toMatch(/SameSite=Lax/i);
    expect(flags).not.toMatch(/Domain|Secure/i);
    expect((await jar.send("/api/agents", { headers: AS_CONSOLE })).status).toBe(200);

    const stolen = new CookieJar(server.url);
    stolen.cookies.set("gatehouse.session", jar.cookies.get("gatehouse.session") ?? "");
    await jar.post("/api/auth/signout");
    expect(jar.cookies.get("gatehouse.session")).toBe("");
    expect((await stolen.send("/api/agents", { headers: AS_CONSOLE })).status).toBe(401);
    expect(await (await stolen.send("/api/auth/session")).json()).toEqual({});
  });

  it("is not given for a wrong password, nor without the token against forged forms", async () => {
    const jar = new CookieJar(server.url);
    await jar.signIn({ ...OWNER, password: "not the password" });
    expect(jar.cookies.has("gatehouse.session")).toBe(false);
    await jar.send("/api/auth/callback/credentials", { method: "POST", body: new URLSearchParams(OWNER) });
    expect(jar.cookies.has("gatehouse.session")).toBe(false);
  });

  it("opens nothing from another site's page, nor without the organization's name", async () => {
    const jar = new CookieJar(server.url);
    await jar.signIn(OWNER);
    const callers: Record<string, string>[] = [
      { ...AS_CONSOLE, "sec-fetch-site": "cross-site" },
      { "x-gatehouse-organization": "default", origin: "https://os.agno.com" },
      { "x-gatehouse-organization": "another", "sec-fetch-site": "same-origin" },
      { "sec-fetch-site": "same-origin" },
    ];
    const statuses = await Promise.all(
      callers.map(async (headers) => (await jar.send("/api/agents", { headers })).status),
    );
    expect(statuses).toEqual([403, 403, 403, 400]);
    const form = await jar.send("/api/agents/nobody/runs", {
      method: "POST",
      headers: { "x-gatehouse-organization": "default" },
      body: new URLSearchParams({ message: "forged" }),
    });
    expect(form.status).toBe(403);
  });

  it("is not to be had by a way back that leads elsewhere", async () => {
    const jar = new CookieJar(server.url);
    const answer = await jar.post("/api/auth/callback/credentials", {
      ...OWNER,
      callbackUrl: "https://evil.test/",
    });
    expect(answer.headers.get("location")).toBe("/");
  });
});

describe("another provider", () => {
  it("is asked under the address that the visitor used, with a state that only they hold", async () => {
    const jar = new CookieJar(server.url);
    const answer = await jar.post("/api/auth/signin/github", { callbackUrl: "/o/default/chat" });
    const target = new URL(answer.headers.get("location") ?? "");
    expect(target.origin + target.pathname).toBe("https://github.com/login/oauth/authorize");
    expect(target.searchParams.get("redirect_uri")).toBe(`${server.url}/api/auth/callback/github`);
    expect(jar.attributes.get("next-auth.state")).toMatch(/HttpOnly/i);
    const forged = await jar.send("/api/auth/callback/github?code=x&state=forged");
    expect(forged.headers.get("location")).toMatch(/\/(api\/auth\/error|sign-in)\?error=OAuthCallback$/);
    expect(jar.cookies.has("gatehouse.session")).toBe(false);
  });
});
