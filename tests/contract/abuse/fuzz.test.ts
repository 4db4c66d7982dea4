import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiClient, apiClient } from "#tests/support/api-client.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";
import { fuzzedRequest } from "./fuzzed-request.ts";

const REQUESTS = Number(process.env["FUZZ_REQUESTS"] ?? "1000");
const SEED = Number(process.env["FUZZ_SEED"] ?? "20261124");
/** Statuses of 5xx that tell of somebody else's failure, on routes that call out. */
const UPSTREAM_FAILED = new Set([502, 503]);
const CALLS_OUT = /model_provider/;

let server: TestServer;
let api: ApiClient;

beforeAll(async () => {
  server = await startTestServer({
    env: { SCRIPTED_WORD_DELAY_MS: "0", LOG_LEVEL: "error", JWT_VERIFICATION_KEY: TEST_JWT_KEY },
  });
  api = await apiClient(server.url);
}, 240_000);

afterAll(() => server?.stop());

it(`${REQUESTS} requests made up from the contracts never make the server fail`, {
  timeout: 300_000,
}, async () => {
  const statuses = new Map<number, number>();
  const reached = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fuzzedRequest, async ({ operationId, method, path, headers, body }) => {
      const response = await api.request(path, { method, headers, ...(body === undefined ? {} : { body }) });
      const text = await response.text();
      const { status } = response;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status < 300) reached.add(operationId);
      const isOthers = UPSTREAM_FAILED.has(status) && CALLS_OUT.test(operationId);
      if (status >= 500 && !isOthers) throw new Error(`${method} ${path} answered ${status}: ${text}`);
      if (status >= 400) expect(JSON.parse(text)).toHaveProperty("detail");
    }),
    { numRuns: REQUESTS, seed: SEED, endOnFailure: true },
  );
  // Requests that are all refused at the door would prove little.
  const answered = [...statuses]
    .filter(([status]) => status < 300)
    .reduce((sum, [, count]) => sum + count, 0);
  expect(answered).toBeGreaterThan(REQUESTS / 20);
  expect(reached.size).toBeGreaterThan(10);
  expect(server.output()).not.toContain("A request failed");
  expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
});
