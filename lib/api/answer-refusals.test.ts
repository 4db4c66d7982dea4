import { describe, expect, test } from "vitest";
import {
  authorization,
  form,
  json,
  multipart,
  observed,
  send,
  serveTestRoutes,
  urlencoded,
} from "#tests/support/test-routes.ts";

serveTestRoutes();

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
    expect(observed.handled).toBe(0);
    expect(observed.logged).toEqual([]);
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
    expect(observed.handled).toBe(0);
  });
});
