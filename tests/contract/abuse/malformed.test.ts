import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countRows } from "#tests/support/count-rows.ts";
import { rawRequest } from "#tests/support/raw-request.ts";
import { signTestToken, TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";
import { MALFORMED_ADDRESSES } from "./malformed-addresses.ts";
import { malformedCallers } from "./malformed-callers.ts";
import { MALFORMED_FORMS } from "./malformed-forms.ts";
import { malformedHttp } from "./malformed-http.ts";
import { MALFORMED_JSON } from "./malformed-json.ts";
import type { MalformedRequest } from "./malformed-request.ts";

const dataDirectory = mkdtempSync(path.join(tmpdir(), "gatehouse-abuse-"));
const start = () =>
  startTestServer({
    dataDirectory,
    env: { SCRIPTED_WORD_DELAY_MS: "0", LOG_LEVEL: "error", JWT_VERIFICATION_KEY: TEST_JWT_KEY },
  });
const callers = await malformedCallers();
const token = await signTestToken({});

let server: TestServer;
let before: Record<string, number>;

beforeAll(async () => {
  // The embedded database belongs to one process: it is counted while no server holds it.
  await (await start()).stop();
  before = await countRows(dataDirectory);
  server = await start();
}, 240_000);

afterAll(() => rmSync(dataDirectory, { recursive: true, force: true }));

/** One sentence, or a list of them: for people, without a trace of our insides. */
function expectClearSentence(text: string): void {
  const { detail } = JSON.parse(text) as { detail: unknown };
  const sentences = Array.isArray(detail) ? detail.map((issue: { msg: unknown }) => issue.msg) : [detail];
  expect(sentences.length).toBeGreaterThan(0);
  for (const sentence of sentences) {
    expect(sentence).toEqual(expect.stringMatching(/^\p{Lu}.{3,}/u));
    expect(sentence).not.toMatch(/undefined|\[object|Error:|node_modules|\bat .+:\d+|SELECT|zod|prisma/i);
  }
}

async function refuse({ method, path: where, headers = {}, body }: MalformedRequest): Promise<void> {
  const response = await fetch(`${server.url}/api${where}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...(body === undefined || body.length === 0 ? {} : { body }),
  } as RequestInit);
  const text = await response.text();
  expect(response.status, text.slice(0, 300)).toBeGreaterThanOrEqual(400);
  expect(response.status, text.slice(0, 300)).toBeLessThan(500);
  expectClearSentence(text);
}

describe("a malformed request is refused with a clear sentence", () => {
  it.each(MALFORMED_JSON.map((request) => [request.name, request] as const))("%s", (_name, request) =>
    refuse(request),
  );
  it.each(MALFORMED_FORMS.map((request) => [request.name, request] as const))("%s", (_name, request) =>
    refuse(request),
  );
  it.each(MALFORMED_ADDRESSES.map((request) => [request.name, request] as const))("%s", (_name, request) =>
    refuse(request),
  );
  it.each(callers.map((request) => [request.name, request] as const))("%s", (_name, request) =>
    refuse(request),
  );
  it.each(malformedHttp(token))("HTTP with %s", async (_name, bytes) => {
    const answer = await rawRequest(server.url, bytes);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expectClearSentence(answer.body);
  });
});

describe("after all of them", () => {
  it("they were 200 or more", () => {
    const lists = [MALFORMED_JSON, MALFORMED_FORMS, MALFORMED_ADDRESSES, callers, malformedHttp(token)];
    expect(lists.reduce((sum, list) => sum + list.length, 0)).toBeGreaterThanOrEqual(200);
  });

  it("the server still answers, has logged no failure, and has not written a row", async () => {
    expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
    expect(server.output()).not.toContain("A request failed");
    await server.stop();
    expect(await countRows(dataDirectory)).toEqual(before);
  });
});
