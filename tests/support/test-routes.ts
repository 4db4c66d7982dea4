import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { z } from "zod";
import { answer, type Doors } from "#lib/api/answer.ts";
import { type Contract, defineContract } from "#lib/api/contract.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { Principal } from "#lib/core/principal.ts";

const formContract = defineContract({
  method: "POST",
  path: "/things/{thing_id}/forms",
  operationId: "send_form",
  tag: "Things",
  summary: "Send a form",
  scope: { scope: "things:run", resourceParam: "thing_id" },
  params: z.object({ thing_id: z.string().max(10) }),
  query: z.object({
    kind: z.enum(["a", "b", "c"]).optional(),
    count: z.coerce.number().int().min(1).max(9).default(1),
    flag: z.stringbool().or(z.boolean()).default(true),
    tags: z.array(z.string()).default([]),
  }),
  body: {
    kind: "form",
    schema: z.object({ message: z.string().max(20), stream: z.stringbool().or(z.boolean()).default(true) }),
    files: "files",
  },
  responses: { 200: { description: "What came", schema: z.unknown() } },
});

const jsonContract = defineContract({
  ...formContract,
  path: "/things",
  operationId: "send_json",
  params: z.object({}),
  query: z.object({}),
  body: {
    kind: "json",
    schema: z.strictObject({ name: z.string(), config: z.record(z.string(), z.json()).optional() }),
  },
});

const alice: Principal = {
  kind: "jwt",
  id: "alice",
  organizationId: "org_1",
  organizationSlug: "default",
  subject: "alice",
  scopes: ["things:run"],
  role: null,
  sessionId: null,
};

let url = "";
/** What a test sets and what the handler saw. */
export const observed = { nowMs: 0, handled: 0, failure: undefined as unknown, logged: [] as unknown[] };
export const doors: Doors = {
  authenticate: (request) =>
    request.headers.get("authorization") === null
      ? Promise.reject(new AppError("unauthenticated", "Authorization header missing"))
      : Promise.resolve({ ...alice, id: request.headers.get("authorization") ?? "" }),
  can: (_principal, _required, params) => params.thing_id !== "secret",
  rateLimiter: null,
  log: (message, facts) => observed.logged.push({ message, ...facts }),
  newId: () => "error-1",
};

const server = createServer((incoming, outgoing) => {
  const path = (incoming.url ?? "").split("?")[0];
  const contract: Contract = path === "/api/things" ? jsonContract : formContract;
  const request = new Request(`http://local${incoming.url}`, {
    method: incoming.method ?? "GET",
    headers: new Headers(Object.entries(incoming.headers).map(([key, value]) => [key, String(value)])),
    body: Readable.toWeb(incoming) as ReadableStream,
    duplex: "half",
  } as RequestInit);
  void answer(contract, request, doors, ({ params, query, body, files }) => {
    observed.handled += 1;
    if (observed.failure !== undefined) return Promise.reject(observed.failure);
    const uploads = files.map((file) => ({ ...file, bytes: file.bytes.byteLength }));
    return Promise.resolve({ params, query, body, files: uploads });
  }).then(async (response) => {
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  });
});

/** Serves the two contracts for the tests of the file that calls this. */
export function serveTestRoutes(): void {
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    observed.handled = 0;
    observed.failure = undefined;
    observed.logged.length = 0;
    doors.rateLimiter = null;
  });
}

/** The path of the contract that takes forms. */
export const form = "/things/t1/forms";
export const authorization = { authorization: "Bearer alice" };
export const urlencoded = { ...authorization, "content-type": "application/x-www-form-urlencoded" };
export const json = { ...authorization, "content-type": "application/json" };

/** Posts to the server and reads its JSON answer. */
export async function send(
  path: string,
  init: { headers?: Record<string, string>; body?: string | Uint8Array | FormData },
) {
  const response = await fetch(`${url}${path}`, { method: "POST", ...init } as RequestInit);
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: JSON.parse(text) as Record<string, unknown>,
  };
}

/** A multipart request of these parts, each its headers and its content. */
export function multipart(...parts: string[]): { headers: Record<string, string>; body: string } {
  const body = parts.map((part) => `--xx\r\n${part}\r\n`).join("");
  return {
    headers: { ...authorization, "content-type": "multipart/form-data; boundary=xx" },
    body: `${body}--xx--\r\n`,
  };
}
