import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CookieJar } from "#tests/support/cookie-jar.ts";
import {
  MOCK_CLIENT,
  type MockIdentityProvider,
  startMockIdentityProvider,
} from "#tests/support/mock-identity-provider.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

const OWNER = { email: "owner@example.com", password: "a gate of old oak" };
const SESSION = "gatehouse.session";
const PROVIDERS = ["github", "oidc"] as const;
type Provider = (typeof PROVIDERS)[number];

let mock: MockIdentityProvider;
let server: TestServer;
let nextId = 100;

beforeAll(async () => {
  mock = await startMockIdentityProvider();
  server = await startTestServer({
    env: {
      GATEHOUSE_OWNER_EMAIL: OWNER.email,
      GATEHOUSE_OWNER_PASSWORD: OWNER.password,
      GITHUB_URL: mock.url,
      GITHUB_CLIENT_ID: MOCK_CLIENT.id,
      GITHUB_CLIENT_SECRET: MOCK_CLIENT.secret,
      OIDC_ISSUER: `${mock.url}/`,
      OIDC_CLIENT_ID: MOCK_CLIENT.id,
      OIDC_CLIENT_SECRET: MOCK_CLIENT.secret,
      OIDC_NAME: "Staff sign-in",
    },
  });
}, 180_000);

afterAll(async () => {
  await server?.stop();
  await mock?.close();
});

beforeEach(() => {
  mock.idToken = {};
  mock.hasThinIdTokens = false;
  mock.refusals = [];
});

/** Somebody new at the provider, signed in there from now on. */
function newPerson(email: string | null = `p${nextId}@example.com`): void {
  nextId += 1;
  mock.person = { id: nextId, name: `Person ${nextId}`, email };
}

/** Goes to the provider, and returns the address that leads back from it. */
async function goAndReturn(jar: CookieJar, provider: Provider, callbackUrl = "/"): Promise<string> {
  const away = await jar.post(`/api/auth/signin/${provider}`, { callbackUrl });
  const answer = await fetch(away.headers.get("location") ?? "", { redirect: "manual" });
  return answer.headers.get("location") ?? "";
}

/** Signs in by the provider, and returns where the visitor ends up. */
async function signInBy(jar: CookieJar, provider: Provider, callbackUrl = "/"): Promise<string> {
  const answer = await jar.send(await goAndReturn(jar, provider, callbackUrl));
  return (answer.headers.get("location") ?? "").replace(server.url, "");
}

/** Who the server says is signed in, by the profile's e-mail; null for nobody. */
async function whoIs(jar: CookieJar): Promise<string | null> {
  const answer = await jar.send("/o/default/settings/profile");
  if (answer.status !== 200) return null;
  return /[\w.-]+@example\.com/.exec(await answer.text())?.[0] ?? null;
}

async function asOwner(): Promise<CookieJar> {
  const jar = new CookieJar(server.url);
  await jar.signIn(OWNER);
  return jar;
}

/** The path of an invitation's page. */
async function invite(email: string): Promise<string> {
  const answer = await (await asOwner()).sendForm("/o/default/settings/members", "role", {
    email,
    role: "member",
  });
  const path = /\/invitations\/[\w-]+/.exec(await answer.text())?.[0];
  if (path === undefined) throw new Error("There is no link on the page.");
  return path;
}

describe.each(PROVIDERS)("signing in by %s", (provider) => {
  it("makes no account for somebody unknown without an invitation", async () => {
    newPerson();
    const jar = new CookieJar(server.url);
    expect(await signInBy(jar, provider)).toBe("/sign-in?error=sign_up_closed");
    expect(jar.cookies.has(SESSION)).toBe(false);
    expect(await whoIs(jar)).toBeNull();
    expect(mock.refusals).toEqual([]);
  });

  it("makes the invited one's account, lets them in again, and nobody else by the same link", async () => {
    const email = `invited-${provider}@example.com`;
    const invitation = await invite(email);
    newPerson("somebody-else@example.com");
    expect(await signInBy(new CookieJar(server.url), provider, invitation)).toMatch(/error=sign_up_closed$/);
    newPerson(email);
    const jar = new CookieJar(server.url);
    expect(await signInBy(jar, provider, invitation)).toBe(invitation);
    expect(await whoIs(jar)).toBe(email);
    const again = new CookieJar(server.url);
    expect(await signInBy(again, provider, "/o/default/chat")).toBe("/o/default/chat");
    expect(await whoIs(again)).toBe(email);
    newPerson(email);
    expect(await signInBy(new CookieJar(server.url), provider, invitation)).toMatch(/error=not_linked$/);
  });

  it("takes over no account by its e-mail; the owner of the account links it when signed in", async () => {
    newPerson(OWNER.email);
    const thief = new CookieJar(server.url);
    expect(await signInBy(thief, provider)).toBe("/sign-in?error=not_linked");
    expect(thief.cookies.has(SESSION)).toBe(false);

    newPerson("another-address@example.com");
    const owner = await asOwner();
    expect(await signInBy(owner, provider, "/o/default/settings/profile")).toBe(
      "/o/default/settings/profile",
    );
    const jar = new CookieJar(server.url);
    expect(await signInBy(jar, provider)).toBe("/");
    expect(await whoIs(jar)).toBe(OWNER.email);
  });

  it("does not give an account that is linked to one user to another", async () => {
    newPerson();
    await signInBy(await asOwner(), provider);
    const linked = mock.person;
    const invitation = await invite("");
    newPerson();
    const second = new CookieJar(server.url);
    await signInBy(second, provider, invitation);
    const before = await whoIs(second);
    mock.person = linked;
    expect(await signInBy(second, provider)).toBe("/sign-in?error=linked_elsewhere");
    expect(await whoIs(second)).toBe(before);
  });

  it("ends with the sign-out, for every copy of the cookie", async () => {
    newPerson();
    await signInBy(await asOwner(), provider);
    const [jar, other] = [new CookieJar(server.url), new CookieJar(server.url)];
    await signInBy(jar, provider);
    await signInBy(other, provider);
    const copy = new CookieJar(server.url);
    copy.cookies.set(SESSION, jar.cookies.get(SESSION) ?? "");
    expect(await whoIs(copy)).toBe(OWNER.email);
    await jar.post("/api/auth/signout");
    expect(await whoIs(copy)).toBeNull();
    expect(await whoIs(other)).toBe(OWNER.email);
  });

  it("takes an answer only in the browser that asked, once", async () => {
    newPerson();
    await signInBy(await asOwner(), provider);
    const [victim, attacker] = [new CookieJar(server.url), new CookieJar(server.url)];
    const back = await goAndReturn(victim, provider);
    // Another's answer under a state that is not this browser's.
    expect((await attacker.send(back)).headers.get("location")).toMatch(/error=OAuthCallback$/);
    // Another's code under this browser's own state: the verifier is not the one that the code was made for.
    const own = new URL(await goAndReturn(attacker, provider));
    own.searchParams.set("code", new URL(back).searchParams.get("code") ?? "");
    expect((await attacker.send(own.href)).headers.get("location")).toMatch(/error=OAuthCallback$/);
    expect(mock.refusals).toEqual(["wrong code_verifier"]);
    expect(attacker.cookies.has(SESSION)).toBe(false);

    const answer = await goAndReturn(victim, provider);
    await victim.send(answer);
    expect(await whoIs(victim)).toBe(OWNER.email);
    const replayed = await victim.send(answer);
    expect(replayed.headers.get("location")).toMatch(/error=OAuthCallback$/);
  });
});

describe("the e-mail", () => {
  it("of GitHub is a verified one, the primary first", async () => {
    const address = (email: string, primary: boolean, verified: boolean) => ({ email, primary, verified });
    newPerson(null);
    mock.person.emails = [address("unverified@example.com", true, false)];
    expect(await signInBy(new CookieJar(server.url), "github", await invite(""))).toMatch(/error=no_email$/);
    newPerson(null);
    mock.person.emails = [
      address("unverified@example.com", false, false),
      address("second@example.com", false, true),
      address("first@example.com", true, true),
    ];
    const jar = new CookieJar(server.url);
    await signInBy(jar, "github", await invite("first@example.com"));
    expect(await whoIs(jar)).toBe("first@example.com");
  });

  it("of an OpenID Connect provider may stand in the userinfo alone, and counts unless said to be unverified", async () => {
    mock.hasThinIdTokens = true;
    newPerson("thin@example.com");
    const jar = new CookieJar(server.url);
    await signInBy(jar, "oidc", await invite("thin@example.com"));
    expect(await whoIs(jar)).toBe("thin@example.com");
    newPerson("unverified@example.com");
    mock.person.emails = [{ email: "unverified@example.com", primary: true, verified: false }];
    expect(await signInBy(new CookieJar(server.url), "oidc", await invite(""))).toMatch(/error=no_email$/);
  });
});

describe("an ID token", () => {
  it.each<[string, Record<string, unknown>]>([
    ["for another client", { aud: "another" }],
    ["of another issuer", { iss: "https://evil.test" }],
    ["that has expired", { exp: 1 }],
    ["of another sign-in", { nonce: "another" }],
  ])("%s is refused", async (_name, claims) => {
    newPerson();
    await signInBy(await asOwner(), "oidc");
    mock.idToken = claims;
    const jar = new CookieJar(server.url);
    expect(await signInBy(jar, "oidc")).toMatch(/error=OAuthCallback$/);
    expect(jar.cookies.has(SESSION)).toBe(false);
  });
});

it("a way in by the provider's name is on the sign-in page", async () => {
  const html = await (await fetch(`${server.url}/sign-in`)).text();
  expect(html).toContain("GitHub");
  expect(html).toContain("Staff sign-in");
});
