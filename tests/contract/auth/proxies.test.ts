import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CookieJar } from "#tests/support/cookie-jar.ts";
import { rawRequest } from "#tests/support/raw-request.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

const GITHUB = { GITHUB_CLIENT_ID: "client", GITHUB_CLIENT_SECRET: "secret" };
const OWNER = { email: "owner@example.com", password: "a gate of old oak" };
const BEHIND_PROXY = { "x-forwarded-host": "public.test", "x-forwarded-proto": "https" };

let alone: TestServer;
let behindProxy: TestServer;

beforeAll(async () => {
  alone = await startTestServer({ env: GITHUB });
  behindProxy = await startTestServer({ env: { ...GITHUB, TRUSTED_PROXIES: "127.0.0.1, 10.0.0.0/8" } });
}, 180_000);

afterAll(async () => {
  await alone?.stop();
  await behindProxy?.stop();
});

/** Tries a wrong password from the client that the header tells of; true when it is told to wait. */
async function isHeldBack(server: TestServer, email: string, forwardedFor: string): Promise<boolean> {
  const jar = new CookieJar(server.url, { "x-forwarded-for": forwardedFor });
  const answer = await jar.signIn({ email, password: "not the password" });
  return /Too(\+|%20)many(\+|%20)tries/.test(answer.headers.get("location") ?? "");
}

/** Ten a minute: a slow machine gets one more for every six seconds that it took. */
async function expectHeldBackAfterTen(server: TestServer, email: string, clientOf: (n: number) => string) {
  const began = performance.now();
  let tries = 0;
  while (tries < 30 && !(await isHeldBack(server, email, clientOf(tries)))) tries += 1;
  const gainedMeanwhile = Math.floor((performance.now() - began) / 6_000);
  expect(tries).toBeGreaterThanOrEqual(10);
  expect(tries).toBeLessThanOrEqual(10 + gainedMeanwhile);
}

/** Where GitHub would send the visitor back to. */
async function wayBack(server: TestServer): Promise<string | null> {
  const answer = await new CookieJar(server.url, BEHIND_PROXY).post("/api/auth/signin/github");
  return new URL(answer.headers.get("location") ?? "").searchParams.get("redirect_uri");
}

async function asksSetupCode(server: TestServer, host: string, headers: string[] = []): Promise<boolean> {
  const lines = ["GET /sign-up HTTP/1.1", `host: ${host}`, "connection: close", ...headers, "", ""];
  const { status, body } = await rawRequest(server.url, lines.join("\r\n"));
  expect(status).toBe(200);
  return body.includes("setupCode");
}

describe("a server without a proxy in front", () => {
  it("holds back who tries passwords, under whatever addresses they claim", async () => {
    await expectHeldBackAfterTen(alone, "a@example.com", (n) => `203.0.113.${n}`);
  });

  it("leads back to its own name, not to one that the client claims", async () => {
    expect(await wayBack(alone)).toBe(`${alone.url}/api/auth/callback/github`);
  });

  it("gives the first account without the code to this machine only, however a request is dressed up", async () => {
    const local = new URL(alone.url).host;
    expect(await asksSetupCode(alone, local)).toBe(false);
    // A page of another site that has its name resolve to this machine.
    const rebound = "evil.test:7777";
    expect(await asksSetupCode(alone, rebound)).toBe(true);
    expect(await asksSetupCode(alone, rebound, [`x-forwarded-host: ${local}`])).toBe(true);
    expect(await asksSetupCode(alone, rebound, ["x-gatehouse-local-caller: 1"])).toBe(true);
    // A proxy on this machine that the operator has not named.
    expect(await asksSetupCode(alone, local, ["x-forwarded-for: 203.0.113.9"])).toBe(true);
  });

  it("says once in its log that a proxy is not believed", () => {
    expect(alone.output().match(/TRUSTED_PROXIES does not name it/g)).toHaveLength(1);
  });
});

describe("a server behind a trusted proxy", () => {
  it("tells its clients apart, by what the proxies saw and not by what a client adds", async () => {
    const forging = (n: number) => `198.51.100.${n}, 203.0.113.9, 10.0.0.2`;
    await expectHeldBackAfterTen(behindProxy, "b@example.com", forging);
    expect(await isHeldBack(behindProxy, "b@example.com", "203.0.113.9")).toBe(true);
    expect(await isHeldBack(behindProxy, "b@example.com", "203.0.113.10")).toBe(false);
  });

  it("leads back to the name that the proxy tells", async () => {
    expect(await wayBack(behindProxy)).toBe("https://public.test/api/auth/callback/github");
  });

  it("gives the first account to nobody elsewhere without the code", async () => {
    const local = new URL(behindProxy.url).host;
    expect(await asksSetupCode(behindProxy, local, ["x-forwarded-for: 203.0.113.9"])).toBe(true);
    expect(await asksSetupCode(behindProxy, "public.test", ["x-forwarded-for: 127.0.0.1"])).toBe(true);
  });
});

it("takes forms under the operator's public address, also from a proxy that asks under another name", async () => {
  const server = await startTestServer({
    env: {
      GATEHOUSE_URL: "https://public.test",
      GATEHOUSE_OWNER_EMAIL: OWNER.email,
      GATEHOUSE_OWNER_PASSWORD: OWNER.password,
    },
  });
  try {
    const from = (origin: string) =>
      new CookieJar(server.url, { origin }).sendForm("/sign-in", "password", OWNER);
    expect((await from("https://public.test")).status).toBe(303);
    expect((await from("https://evil.test")).status).toBeGreaterThanOrEqual(400);
  } finally {
    await server.stop();
  }
});

it("does not start with a list of proxies that it cannot read", async () => {
  await expect(startTestServer({ env: { TRUSTED_PROXIES: "10.0.0.0/99" } })).rejects.toThrow(
    "'10.0.0.0/99' is neither",
  );
});
