import { describe, expect, test } from "vitest";
import { createRateLimiter } from "#lib/core/rate-limiter.ts";
import {
  doors,
  form,
  json,
  multipart,
  observed,
  send,
  serveTestRoutes,
  urlencoded,
} from "#tests/support/test-routes.ts";

serveTestRoutes();

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

test("calls over the limit wait, each caller for themselves", async () => {
  doors.rateLimiter = createRateLimiter(2, () => observed.nowMs);
  const call = (who: string) =>
    send(form, { headers: { ...urlencoded, authorization: who }, body: "message=hi" });
  expect((await call("a")).status).toBe(200);
  expect((await call("a")).status).toBe(200);
  const third = await call("a");
  expect(third.status).toBe(429);
  expect(third.headers.get("retry-after")).toBe("30");
  expect((await call("b")).status).toBe(200);
  observed.nowMs += 30_000;
  expect((await call("a")).status).toBe(200);
});

test("a part of ours that carries out what people asked for is not counted", async () => {
  doors.rateLimiter = createRateLimiter(1, () => observed.nowMs);
  const { authenticate } = doors;
  doors.authenticate = async (request) => ({ ...(await authenticate(request)), kind: "system" });
  for (let count = 0; count < 3; count += 1)
    expect((await send(form, { headers: urlencoded, body: "message=hi" })).status).toBe(200);
  doors.authenticate = authenticate;
});

test("an unexpected failure shows an id, not its cause; the log has both", async () => {
  observed.failure = new Error("password of the database");
  const { status, body } = await send(form, { headers: urlencoded, body: "message=hi" });
  expect(status).toBe(500);
  expect(body).toEqual({
    detail: "Something went wrong on the server. The log has the cause under error-1.",
  });
  expect(observed.logged).toEqual([
    {
      message: "A request failed",
      errorId: "error-1",
      where: "POST /things/{thing_id}/forms",
      cause: observed.failure,
    },
  ]);
});

test.each(["53100", "ENOSPC"])(
  "a full disk (%s) is named, and is the server's fault for now",
  async (code) => {
    observed.failure = Object.assign(new Error("could not extend file"), { code });
    const { status, body } = await send(form, { headers: urlencoded, body: "message=hi" });
    expect([status, body]).toEqual([
      503,
      { detail: "The server's disk is full. Once there is room again, send this anew." },
    ]);
    expect(observed.logged).toHaveLength(1);
  },
);
