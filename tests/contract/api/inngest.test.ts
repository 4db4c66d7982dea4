import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sign } from "#inngest/embedded/signature.ts";
import { deriveKey, readKeyFile } from "#lib/db/encryption-key.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

const call = (init: RequestInit, query = "") => fetch(`${server.url}/api/inngest${query}`, init);
const json = { "content-type": "application/json" };

test("a stranger can neither run a function nor list or describe them", async () => {
  const body = JSON.stringify({
    event: { name: "x", data: {} },
    events: [],
    steps: {},
    ctx: { run_id: "r" },
  });
  const answers = [
    await call({ method: "GET" }),
    await call({ method: "POST", headers: json, body }, "?fnId=gatehouse-run-drive&stepId=step"),
    await call({
      method: "PUT",
      headers: { ...json, "x-inngest-sync-kind": "in_band" },
      body: '{"url":"http://x"}',
    }),
    await call({ method: "PUT", headers: json, body: "{}" }),
    await call({ method: "POST", headers: json, body: "" }, "?probe=trust"),
    await call({
      method: "POST",
      headers: { ...json, "x-inngest-signature": sign("signkey-gatehouse-00", body, Date.now()) },
      body,
    }),
    await call({ method: "GET", headers: { "x-inngest-server-kind": "dev" } }),
  ];
  for (const answer of answers) {
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({ message: "Unauthorized" });
    expect(answer.headers.get("x-inngest-sdk")).toBeNull();
  }
});

test("methods that the SDK does not have are refused, whoever asks", async () => {
  expect((await call({ method: "DELETE" })).status).toBe(405);
});

test("the engine's own signature opens it", async () => {
  const secret = deriveKey(rootSecret(), "inngest-signing-key").toString("hex");
  const body = `{"url":"http://app.test/api/inngest"}`;
  const answer = await call({
    method: "PUT",
    headers: {
      ...json,
      "x-inngest-sync-kind": "in_band",
      "x-inngest-signature": sign(`signkey-gatehouse-${secret}`, body, Date.now()),
    },
    body,
  });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ app_id: "gatehouse" });
});

function rootSecret(): Buffer {
  return readKeyFile(path.join(server.dataDirectory, "secret.key"));
}
