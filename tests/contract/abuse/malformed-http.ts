const head = (token: string, ...lines: string[]) =>
  [
    "POST /api/agents/assistant/runs HTTP/1.1",
    "host: localhost",
    `authorization: Bearer ${token}`,
    ...lines,
    "",
    "",
  ].join("\r\n");
const form = "content-type: application/x-www-form-urlencoded";

/** Bytes that no HTTP client would send, by name. Each is refused with a 4xx, by the listener if not before. */
export function malformedHttp(token: string): [name: string, bytes: string][] {
  return [
    ["no HTTP at all", "hello\r\n\r\n"],
    ["an unknown version", "GET /api/health HTTP/9.9\r\nhost: x\r\n\r\n"],
    ["no host", "GET /api/health HTTP/1.1\r\n\r\n"],
    ["a space in the path", "GET /api/agents /x HTTP/1.1\r\nhost: x\r\n\r\n"],
    ["dot segments", "GET /api/../../etc/passwd HTTP/1.1\r\nhost: x\r\n\r\n"],
    ["encoded dot segments", "GET /api/agents/%2e%2e/%2e%2e/x HTTP/1.1\r\nhost: x\r\n\r\n"],
    ["a backslash", "GET /api\\agents HTTP/1.1\r\nhost: x\r\n\r\n"],
    ["two slashes", "GET //api/agents HTTP/1.1\r\nhost: x\r\n\r\n"],
    ["a whole URL", "GET http://elsewhere/api/agents HTTP/1.1\r\nhost: x\r\n\r\n"],
    ["a broken escape", "GET /api/agents/%zz HTTP/1.1\r\nhost: x\r\n\r\n"],
    ["a header of 40 KB", `GET /api/health HTTP/1.1\r\nhost: x\r\nx-junk: ${"j".repeat(40_000)}\r\n\r\n`],
    ["a header without a name", "GET /api/health HTTP/1.1\r\nhost: x\r\n: y\r\n\r\n"],
    ["a control character in a header", "GET /api/health HTTP/1.1\r\nhost: x\r\nx-junk: a\x01b\r\n\r\n"],
    ["a negative length", `${head(token, form, "content-length: -5")}message=hi`],
    ["a length that is no number", `${head(token, form, "content-length: lots")}message=hi`],
    ["two lengths", `${head(token, form, "content-length: 10", "content-length: 11")}message=hi`],
    [
      "a length and chunks",
      `${head(token, form, "content-length: 10", "transfer-encoding: chunked")}message=hi`,
    ],
    ["chunks that are none", `${head(token, form, "transfer-encoding: chunked")}zz\r\nmessage=hi\r\n`],
    ["an announced body over the limit", head(token, form, "content-length: 99999999999")],
    ["an unknown transfer encoding", `${head(token, form, "transfer-encoding: gzip")}message=hi`],
  ];
}
