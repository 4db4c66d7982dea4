import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "#lib/core/app-error.ts";
import type { Principal } from "#lib/core/principal.ts";
import { answer, type Doors } from "./answer.ts";
import { type Contract, defineContract } from "./contract.ts";
import { createRateLimiter } from "#lib/core/rate-limiter.ts";

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
let nowMs = 0;
let handled = 0;
let failure: unknown;
const logged: unknown[] = [];
const doors: Doors = {
  authenticate: (request) =>
    request.headers.get("authorization") === null
      ? Promise.reject(new AppError("unauthenticated", "Authorization header missing"))
      : Promise.resolve({ ...alice, id: request.headers.get("authorization") ?? "" }),
  can: (_principal, _required, params) => params.thing_id !== "secret",
  rateLimiter: null,
  log: (message, facts) => logged.push({ message, ...facts }),
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
    handled += 1;
    if (failure !== undefined) return Promise.reject(failure);
    const uploads = files.map((file) => ({ ...file, bytes: file.bytes.byteLength }));
    return Promise.resolve({ params, query, body, files: uploads });
  }).then(async (response) => {
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  handled = 0;
  failure = undefined;
  logged.length = 0;
  doors.rateLimiter = null;
});

const form = "/things/t1/forms";
const authorization = { authorization: "Bearer alice" };
const urlencoded = { ...authorization, "content-type": "application/x-www-form-urlencoded" };
const json = { ...authorization, "content-type": "application/json" };

async function send(
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

function multipart(...parts: string[]): { headers: Record<string, string>; body: string } {
  const body = parts.map((part) => `--xx\r\n${part}\r\n`).join("");
  return {
    headers: { ...authorization, "content-type": "multipart/form-data; boundary=xx" },
    body: `${body}--xx--\r\n`,
  };
}

describe("a good request", () => {
  test.each([
    ["urlencoded", { headers: urlencoded, body: "message=h%C3%A9llo+you&stream=false&other=1" }],
    ["JSON", { headers: json, body: JSON.stringify({ message: "héllo you", stream: false, other: 1 }) }],
    [
      "multipart",
      multipart(
        'content-disposition: form-data; name="message"\r\n\r\nhéllo you',
        'content-disposition: form-data; name="stream"\r\ncontent-type: text/plain; charset=utf-8\r\n\r\nfalse',
      ),
    ],
  ])("reaches the handler parsed, sent as %s", async (_name, init) => {
    const { status, body } = await send(`${form}?kind=a&count=3&flag=0&tags=x&tags=y`, init);
    expect(status).toBe(200);
    expect(body).toEqual({
      params: { thing_id: "t1" },
      query: { kind: "a", count: 3, flag: false, tags: ["x", "y"] },
      body: { message: "héllo you", stream: false },
      files: [],
    });
  });

  test("brings its files with harmless names, and leaves out empty ones", async () => {
    const { body } = await send(
      form,
      multipart(
        'content-disposition: form-data; name="message"\r\n\r\nhi',
        'content-disposition: form-data; name="files"; filename="../../etc/pass\u202Ewd.txt"\r\ncontent-type: text/plain\r\n\r\nabc',
        'content-disposition: form-data; name="files"; filename=""\r\ncontent-type: application/octet-stream\r\n\r\n',
        'content-disposition: form-data; name="else"; filename="a.txt"\r\n\r\nabc',
      ),
    );
    expect(body.files).toEqual([
      { field: "files", filename: "passwd.txt", mediaType: "text/plain", bytes: 3 },
    ]);
  });

  test("is served with a trailing slash and with encoded parameters", async () => {
    const { body } = await send("/things/a%20b/forms/", { headers: urlencoded, body: "message=hi" });
    expect(body.params).toEqual({ thing_id: "a b" });
  });
});

describe("a refused request", () => {
  const missing = { type: "missing", loc: ["body", "message"], msg: "Field required", input: null };
  const cases: [string, string, Parameters<typeof send>[1], number, unknown][] = [
    [
      "nobody is asked for a body before they say who they are",
      form,
      { body: "x" },
      401,
      "Authorization header missing",
    ],
    [
      "a scope that is missing is named",
      "/things/secret/forms",
      { headers: { ...authorization, "content-type": "text/strange" }, body: "x" },
      403,
      "Insufficient permissions. Required scope(s): things:run",
    ],
    ["a missing field in a form", form, { headers: urlencoded, body: "stream=true" }, 422, [missing]],
    ["an empty form", form, { headers: urlencoded }, 422, [missing]],
    [
      "an empty JSON body",
      "/things",
      { headers: json },
      422,
      [{ type: "missing", loc: ["body"], msg: "Field required", input: null }],
    ],
    [
      "a choice that does not exist",
      `${form}?kind=z`,
      { headers: urlencoded, body: "message=hi" },
      422,
      [
        {
          type: "enum",
          loc: ["query", "kind"],
          msg: "Input should be 'a', 'b' or 'c'",
          input: "z",
          ctx: { expected: "'a', 'b' or 'c'" },
        },
      ],
    ],
    [
      "a number that is none",
      `${form}?count=many`,
      { headers: urlencoded, body: "message=hi" },
      422,
      [
        {
          type: "int_parsing",
          loc: ["query", "count"],
          msg: "Input should be a valid integer, unable to parse string as an integer",
          input: "many",
        },
      ],
    ],
    [
      "a number out of range",
      `${form}?count=10`,
      { headers: urlencoded, body: "message=hi" },
      422,
      [
        {
          type: "less_than_equal",
          loc: ["query", "count"],
          msg: "Input should be less than or equal to 9",
          input: "10",
          ctx: { le: 9 },
        },
      ],
    ],
    [
      "a boolean that is none",
      form,
      { headers: urlencoded, body: "message=hi&stream=maybe" },
      422,
      [
        {
          type: "bool_parsing",
          loc: ["body", "stream"],
          msg: "Input should be a valid boolean, unable to interpret input",
          input: "maybe",
        },
      ],
    ],
    [
      "text that is too long",
      form,
      { headers: urlencoded, body: `message=${"x".repeat(300)}` },
      422,
      [
        {
          type: "string_too_long",
          loc: ["body", "message"],
          msg: "String should have at most 20 characters",
          input: `${"x".repeat(200)}…`,
          ctx: { max_length: 20 },
        },
      ],
    ],
    [
      "a field of the wrong type",
      "/things",
      { headers: json, body: '{"name":7}' },
      422,
      [{ type: "string_type", loc: ["body", "name"], msg: "Input should be a valid string", input: 7 }],
    ],
    [
      "a field that does not exist",
      "/things",
      { headers: json, body: '{"name":"n","extra":{"deep":1}}' },
      422,
      [{ type: "extra_forbidden", loc: ["body", "extra"], msg: "Extra inputs are not permitted", input: {} }],
    ],
    [
      "a body that is no object",
      "/things",
      { headers: json, body: "[1]" },
      422,
      [{ type: "dict_type", loc: ["body"], msg: "Input should be a valid dictionary", input: [] }],
    ],
    [
      "a field that comes twice",
      form,
      { headers: urlencoded, body: "message=a&message=b" },
      422,
      [{ type: "value_error", loc: ["body", "message"], msg: "Give this field only once", input: null }],
    ],
    [
      "NUL in a form",
      form,
      { headers: urlencoded, body: "message=a%00b" },
      422,
      [
        {
          type: "value_error",
          loc: ["body", "message"],
          msg: "Text must not contain the NUL character (U+0000)",
          input: null,
        },
      ],
    ],
    [
      "NUL in a key of JSON",
      "/things",
      { headers: json, body: '{"name":"n","config":{"a\\u0000b":1}}' },
      422,
      [
        {
          type: "value_error",
          loc: ["body", "config"],
          msg: "Text must not contain the NUL character (U+0000)",
          input: null,
        },
      ],
    ],
    [
      "half a surrogate pair in JSON",
      "/things",
      { headers: json, body: '{"name":"\\ud800"}' },
      422,
      [
        {
          type: "string_unicode",
          loc: ["body", "name"],
          msg: "Text must be valid Unicode; it holds half of a surrogate pair",
          input: null,
        },
      ],
    ],
    [
      "invalid UTF-8 in a form",
      form,
      { headers: urlencoded, body: "message=%ff%fe" },
      422,
      [{ type: "string_unicode", loc: ["body", "message"], msg: "Text must be valid UTF-8", input: null }],
    ],
    [
      "invalid UTF-8 in JSON",
      "/things",
      { headers: json, body: new Uint8Array([0x22, 0xff, 0x22]) },
      422,
      [{ type: "string_unicode", loc: ["body"], msg: "Text must be valid UTF-8", input: null }],
    ],
    [
      "a broken escape in the query",
      `${form}?kind=%E0%A4%A`,
      { headers: urlencoded, body: "message=hi" },
      422,
      [
        {
          type: "string_unicode",
          loc: ["query"],
          msg: "The query holds a broken percent escape or invalid UTF-8",
          input: null,
        },
      ],
    ],
    [
      "NUL in the path",
      "/things/a%00/forms",
      { headers: urlencoded, body: "message=hi" },
      422,
      [
        {
          type: "value_error",
          loc: ["path", "thing_id"],
          msg: "Text must not contain the NUL character (U+0000)",
          input: null,
        },
      ],
    ],
    [
      "another content type",
      "/things",
      { headers: { ...authorization, "content-type": "text/plain" }, body: "hi" },
      415,
      "Send the body as application/json, and say so in content-type.",
    ],
    [
      "another character set",
      form,
      {
        headers: { ...authorization, "content-type": "application/x-www-form-urlencoded; charset=latin1" },
        body: "message=hi",
      },
      415,
      "Only UTF-8 text is accepted; drop the charset or send UTF-8.",
    ],
    [
      "a compressed body",
      "/things",
      { headers: { ...json, "content-encoding": "gzip" }, body: "x" },
      415,
      "Compressed request bodies are not accepted; send it plain.",
    ],
    [
      "a multipart body without a boundary",
      form,
      { headers: { ...authorization, "content-type": "multipart/form-data" }, body: "x" },
      400,
      "The multipart body names no usable boundary in its content type.",
    ],
    [
      "a multipart body that is none",
      form,
      { headers: multipart().headers, body: "no boundary in sight" },
      400,
      "The form is malformed or breaks off before its end.",
    ],
    [
      "a multipart body that breaks off",
      form,
      {
        headers: multipart().headers,
        body: '--xx\r\ncontent-disposition: form-data; name="message"\r\n\r\nhi',
      },
      400,
      "The form is malformed or breaks off before its end.",
    ],
    [
      "a part without a name",
      form,
      multipart("content-disposition: form-data\r\n\r\nhi"),
      400,
      "A part of the form has no name, or one that is too long.",
    ],
    [
      "a text body over 10 MB",
      "/things",
      { headers: json, body: `"${"x".repeat(10 * 1024 * 1024)}"` },
      413,
      "The request body is larger than 10 MB. Send less at once.",
    ],
    [
      "a field over 8 MB",
      form,
      { headers: urlencoded, body: `message=${"x".repeat(9 * 1024 * 1024)}` },
      413,
      "A form field is larger than 8 MB. Send less at once.",
    ],
    [
      "a file over 20 MB",
      form,
      multipart(
        `content-disposition: form-data; name="files"; filename="a"\r\n\r\n${"x".repeat(21 * 1024 * 1024)}`,
      ),
      413,
      "A file is larger than 20 MB. Send less at once.",
    ],
    [
      "more than 20 files",
      form,
      multipart(
        ...Array<string>(21).fill('content-disposition: form-data; name="files"; filename="a"\r\n\r\nx'),
      ),
      413,
      "A form may carry at most 20 files.",
    ],
    [
      "more than 200 fields",
      form,
      { headers: urlencoded, body: "a=1&".repeat(201) },
      413,
      "A form may have at most 200 fields.",
    ],
  ];

  test.each(cases)("%s", async (_name, path, init, status, detail) => {
    const answered = await send(path, init);
    expect(answered.body).toEqual({ detail });
    expect(answered.status).toBe(status);
    expect(handled).toBe(0);
    expect(logged).toEqual([]);
  });

  test("JSON that is none says where", async () => {
    const { status, body } = await send("/things", { headers: json, body: '{"name":"n"} more' });
    expect(status).toBe(422);
    expect(body.detail).toMatchObject([
      { type: "json_invalid", loc: ["body", 13], msg: "JSON decode error" },
    ]);
  });

  test.each([
    ["arrays", "[".repeat(200_000) + "]".repeat(200_000)],
    ["objects", '{"a":'.repeat(100_000) + "1" + "}".repeat(100_000)],
    ["values", JSON.stringify({ name: "n", config: { list: Array(200_000).fill(0) } })],
  ])("JSON built to exhaust the server (%s) is refused", async (_name, body) => {
    expect((await send("/things", { headers: json, body })).status).toBe(422);
    expect(handled).toBe(0);
  });
});

test("calls over the limit wait, each caller for themselves", async () => {
  doors.rateLimiter = createRateLimiter(2, () => nowMs);
  const call = (who: string) =>
    send(form, { headers: { ...urlencoded, authorization: who }, body: "message=hi" });
  expect((await call("a")).status).toBe(200);
  expect((await call("a")).status).toBe(200);
  const third = await call("a");
  expect(third.status).toBe(429);
  expect(third.headers.get("retry-after")).toBe("30");
  expect((await call("b")).status).toBe(200);
  nowMs += 30_000;
  expect((await call("a")).status).toBe(200);
});

test("an unexpected failure shows an id, not its cause; the log has both", async () => {
  failure = new Error("password of the database");
  const { status, body } = await send(form, { headers: urlencoded, body: "message=hi" });
  expect(status).toBe(500);
  expect(body).toEqual({
    detail: "Something went wrong on the server. The log has the cause under error-1.",
  });
  expect(logged).toEqual([
    {
      message: "A request failed",
      errorId: "error-1",
      where: "POST /things/{thing_id}/forms",
      cause: failure,
    },
  ]);
});
