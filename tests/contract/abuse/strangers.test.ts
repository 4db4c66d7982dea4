import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Contract } from "#lib/api/contract.ts";
import { CONTRACTS } from "#lib/api/contracts.ts";
import { type ApiClient, apiClient } from "#tests/support/api-client.ts";
import { CookieJar } from "#tests/support/cookie-jar.ts";
import { dropServerDatabase } from "#tests/support/server-database.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";
import { makeOtherOrganization } from "./other-organization.ts";
import { BODIES, makeVictim, type Victim } from "./victim.ts";

const dataDirectory = mkdtempSync(path.join(tmpdir(), "gatehouse-strangers-"));
const OTHER = { slug: "other", email: "boss@other.example", password: "a gate of old oak" };

let server: TestServer;
let victim: Victim;
let administrator: ApiClient;

const start = () =>
  startTestServer({
    dataDirectory,
    env: { SCRIPTED_WORD_DELAY_MS: "0", LOG_LEVEL: "error", JWT_VERIFICATION_KEY: TEST_JWT_KEY },
  });

beforeAll(async () => {
  // The embedded database belongs to one process: the other organization is made while no server holds it.
  await (await start()).stop();
  await makeOtherOrganization(dataDirectory, OTHER);
  server = await start();
  administrator = await apiClient(server.url, { sub: "root" });
  victim = await makeVictim(administrator, await apiClient(server.url, { sub: "ann" }));
}, 240_000);

afterAll(async () => {
  await server?.stop();
  rmSync(dataDirectory, { recursive: true, force: true });
  await dropServerDatabase(dataDirectory);
});

type Send = (path: string, init: RequestInit) => Promise<Response>;

/** Calls a route with everything that belongs to the victim, as somebody. */
async function call(contract: Contract, send: Send): Promise<{ status: number; text: string }> {
  const target = contract.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = victim.ids[name];
    if (value === undefined) throw new Error(`Say in victim.ts what {${name}} of ${contract.path} is.`);
    return encodeURIComponent(value);
  });
  const body = BODIES[contract.operationId]?.(victim);
  if (contract.body.kind !== "none" && body === undefined) {
    throw new Error(`Say in victim.ts what a good body of ${contract.operationId} is.`);
  }
  const query = "shape" in contract.query && "session_id" in (contract.query.shape as object);
  const response = await send(`/api${target}${query ? `?session_id=${victim.ids.session_id}` : ""}`, {
    method: contract.method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  return { status: response.status, text: await response.text() };
}

const routes = CONTRACTS.map((contract) => ({ name: `${contract.method} ${contract.path}`, contract }));
const guarded = routes.filter(({ contract }) => contract.scope !== "public");

describe("nobody in particular", () => {
  it.each(guarded)("is asked who they are at $name", async ({ contract }) => {
    const send: Send = (where, init) => fetch(`${server.url}${where}`, init);
    expect((await call(contract, send)).status).toBe(401);
  });
});

describe("a token that allows nothing", () => {
  it.each(guarded)("opens nothing at $name", async ({ contract }) => {
    const nothing = await apiClient(server.url, { sub: "eve", scopes: [] });
    const { status, text } = await call(contract, (where, init) => nothing.request(where.slice(4), init));
    if (contract.scope === "authenticated" && status === 200) expect(text).toBe("[]");
    else expect(status).toBe(403);
  });
});

// Who may write approvals sees and decides everybody's: that is what the scope is for.
const BEYOND_SUBJECTS = ["agent_os:admin", "approvals:write"];
const ALL_SCOPES = guarded.flatMap(({ contract: { scope } }) =>
  typeof scope === "object" && !BEYOND_SUBJECTS.includes(scope.scope) ? [scope.scope] : [],
);

describe("somebody else of the same organization", () => {
  // What is everybody's in the organization is theirs, too; only what belongs to a subject must not be.
  const shared = /^\/(components|model-providers|schedules|durable-runs|approval-policies|budgets)/;

  it.each(guarded.filter(({ contract }) => !shared.test(contract.path)))(
    "finds nothing of another subject's at $name",
    async ({ contract }) => {
      const eve = await apiClient(server.url, { sub: "eve", scopes: [...new Set(ALL_SCOPES)] });
      const { status, text } = await call(contract, (where, init) => eve.request(where.slice(4), init));
      expect(status).toBeLessThan(500);
      expect(text).not.toContain(victim.personal);
    },
  );
});

describe("the owner of another organization", () => {
  let jar: CookieJar;

  beforeAll(async () => {
    jar = new CookieJar(server.url);
    expect((await jar.signIn(OTHER)).headers.get("location")).toBe("/");
  });

  const asOwnerOf =
    (organization: string): Send =>
    (where, init) =>
      jar.send(where, {
        ...init,
        headers: {
          ...(init.headers as Record<string, string> | undefined),
          "sec-fetch-site": "same-origin",
          "x-gatehouse-organization": organization,
        },
      });

  it.each(guarded)("is no member of ours at $name", async ({ contract }) => {
    expect((await call(contract, asOwnerOf("default"))).status).toBe(403);
  });

  it.each(guarded)("finds nothing of ours in their own at $name", async ({ contract }) => {
    const { status, text } = await call(contract, asOwnerOf(OTHER.slug));
    expect(status).toBeLessThan(500);
    expect(text).not.toContain(victim.personal);
    expect(text).not.toContain(victim.common);
  });
});

it("everything of the victim's is as it was, and the server logged no failure", async () => {
  expect(await victim.look()).toEqual(victim.seen);
  expect(server.output()).not.toContain("A request failed");
});
