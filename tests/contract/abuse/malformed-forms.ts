import type { MalformedRequest } from "./malformed-request.ts";

const RUNS = "/agents/assistant/runs";
const urlencoded = { "content-type": "application/x-www-form-urlencoded" };
const multipart = { "content-type": "multipart/form-data; boundary=xx" };
const message = 'content-disposition: form-data; name="message"\r\n\r\nhi';

const parts = (...list: string[]) => `${list.map((part) => `--xx\r\n${part}\r\n`).join("")}--xx--\r\n`;
const file = (name: string, type: string, size = 4) =>
  `content-disposition: form-data; name="files"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n${"x".repeat(size)}`;

const FORMS: readonly [name: string, body: string][] = [
  ["nothing", ""],
  ["no message", "stream=true"],
  ["an empty message", "message=&stream=true"],
  ["two messages", "message=a&message=b"],
  ["a message that breaks off in an escape's bytes", "message=%c3"],
  ["bytes that are no UTF-8", "message=%ff%fe%fd"],
  ["an encoded surrogate", "message=%ed%a0%80"],
  ["NUL", "message=a%00b"],
  ["a stream that is neither", "message=hi&stream=maybe"],
  ["a background that is neither", "message=hi&background=2"],
  ["an empty boolean", "message=hi&stream="],
  ["a version that is no number", "message=hi&version=latest"],
  ["a version of code", "message=hi&version=1"],
  ["version 0", "message=hi&version=0"],
  ["a version beyond all", "message=hi&version=99999999999999999999"],
  ["a session id that is too long", `message=hi&session_id=${"s".repeat(129)}`],
  ["NUL in the session id", "message=hi&session_id=a%00"],
  ["a user id that is too long", `message=hi&user_id=${"u".repeat(256)}`],
  ["a state that is no JSON", "message=hi&session_state=nope"],
  ["a state that is a list", "message=hi&session_state=[]"],
  ["NUL inside the state", "message=hi&session_state=%7B%22a%22%3A%22%5Cu0000%22%7D"],
  ["a state nested 20,000 deep", `message=hi&session_state=${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`],
  ["metadata that is text", "message=hi&metadata=%22x%22"],
  ["a message over two million characters", `message=${"x".repeat(2_000_001)}`],
  ["a field over 8 MB", `message=${"x".repeat(9 * 1024 * 1024)}`],
  ["a body over 10 MB", `message=hi&other=${"x".repeat(11 * 1024 * 1024)}`],
  ["300 fields", `message=hi&${"a=1&".repeat(300)}`],
  ["a name that is too long", `message=hi&${"n".repeat(300)}=1`],
];

const MULTIPARTS: readonly [name: string, body: string | Uint8Array, contentType?: string][] = [
  ["no boundary in its type", parts(message), "multipart/form-data"],
  ["an empty boundary", parts(message), "multipart/form-data; boundary="],
  ["a boundary of another form", parts(message), "multipart/form-data; boundary=yy"],
  ["a boundary with a quote", parts(message), 'multipart/form-data; boundary="a"b"'],
  ["text that is no form", "hello"],
  ["a part that breaks off", `--xx\r\n${message}`],
  ["a part whose head breaks off", '--xx\r\ncontent-disposition: form-data; name="mess'],
  ["no end", `--xx\r\n${message}\r\n`],
  ["only an end", "--xx--\r\n"],
  ["a part without a head", parts("hi")],
  ["a part without a name", parts(message, "content-disposition: form-data\r\n\r\nhi")],
  ["a part that is no form data", parts('content-disposition: attachment; name="message"\r\n\r\nhi')],
  [
    "a name that is too long",
    parts(message, `content-disposition: form-data; name="${"n".repeat(300)}"\r\n\r\nhi`),
  ],
  ["two messages", parts(message, message)],
  ["the message as a file", parts('content-disposition: form-data; name="message"; filename="m"\r\n\r\nhi')],
  [
    "bytes that are no UTF-8",
    new Uint8Array(
      Buffer.concat([
        Buffer.from('--xx\r\ncontent-disposition: form-data; name="message"\r\n\r\n'),
        Buffer.from([0xff, 0xfe]),
        Buffer.from("\r\n--xx--\r\n"),
      ]),
    ),
  ],
  ["NUL", parts('content-disposition: form-data; name="message"\r\n\r\na\0b')],
  ["a file over 20 MB", parts(message, file("big.txt", "text/plain", 21 * 1024 * 1024))],
  ["21 files", parts(message, ...Array<string>(21).fill(file("a.txt", "text/plain")))],
  [
    "300 fields",
    parts(message, ...Array<string>(300).fill('content-disposition: form-data; name="a"\r\n\r\n1')),
  ],
  ["a file of a kind that is not taken", parts(message, file("a.exe", "application/x-msdownload"))],
  [
    "a head over 16 KB",
    parts(`content-disposition: form-data; name="message"\r\nx-junk: ${"j".repeat(90_000)}`),
  ],
];

/** Run forms and resume forms that must start nothing. */
export const MALFORMED_FORMS: readonly MalformedRequest[] = [
  ...FORMS.map(([name, body]) => ({
    name: `a run by urlencoded form with ${name}`,
    method: "POST",
    path: RUNS,
    headers: urlencoded,
    body,
  })),
  ...MULTIPARTS.map(([name, body, contentType]) => ({
    name: `a run by multipart form with ${name}`,
    method: "POST",
    path: RUNS,
    headers: contentType === undefined ? multipart : { "content-type": contentType },
    body,
  })),
  ...[
    ["text", "text/plain", "hi"],
    ["XML", "application/xml", "<message>hi</message>"],
    ["a form in another character set", "application/x-www-form-urlencoded; charset=utf-16", "message=hi"],
    ["a list", "application/json", '["hi"]'],
    ["no message", "application/json", "{}"],
    ["a message that is an object", "application/json", '{"message":{"text":"hi"}}'],
    ["a message that is null", "application/json", '{"message":null}'],
  ].map(([name = "", type = "", body = ""]) => ({
    name: `a run by ${type} with ${name}`,
    method: "POST",
    path: RUNS,
    headers: { "content-type": type },
    body,
  })),
  {
    name: "a run of an unknown agent",
    method: "POST",
    path: "/agents/nope/runs",
    headers: urlencoded,
    body: "message=hi",
  },
  {
    name: "a run of an agent with an impossible id",
    method: "POST",
    path: "/agents/No%20Such/runs",
    headers: urlencoded,
    body: "message=hi",
  },
  {
    name: "an Idempotency-Key that is too long",
    method: "POST",
    path: RUNS,
    headers: { ...urlencoded, "idempotency-key": "k".repeat(5_000) },
    body: "message=hi",
  },
  ...[
    "last_event_index=x",
    "last_event_index=-2",
    "last_event_index=1.5",
    "last_event_index=99999999999",
  ].map((body) => ({
    name: `a resume with ${body}`,
    method: "POST",
    path: `${RUNS}/nope/resume`,
    headers: urlencoded,
    body,
  })),
];
