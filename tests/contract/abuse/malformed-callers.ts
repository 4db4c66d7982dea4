import { signTestToken } from "#tests/support/sign-test-token.ts";
import type { MalformedRequest } from "./malformed-request.ts";

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Callers that are nobody, with requests that would otherwise change something. */
export async function malformedCallers(): Promise<MalformedRequest[]> {
  const expired = await signTestToken({ expiresInS: -3_600 });
  const foreign = await signTestToken({ audience: "another-installation" });
  const valid = await signTestToken({});
  const [head = "", claims = "", signature = ""] = valid.split(".");
  const credentials: [name: string, headers: Record<string, string>][] = [
    ["no credential", { authorization: "" }],
    ["an empty bearer", { authorization: "Bearer " }],
    ["a password", { authorization: "Basic cm9vdDpyb290" }],
    ["a word", { authorization: "Bearer hello" }],
    ["an expired token", { authorization: `Bearer ${expired}` }],
    ["a token for another installation", { authorization: `Bearer ${foreign}` }],
    [
      "a token whose claims were changed",
      { authorization: `Bearer ${head}.${base64({ sub: "root" })}.${signature}` },
    ],
    ["a token without a signature", { authorization: `Bearer ${head}.${claims}.` }],
    [
      "a token of algorithm none",
      { authorization: `Bearer ${base64({ alg: "none", typ: "JWT" })}.${claims}.` },
    ],
    ["two tokens", { authorization: `Bearer ${valid} ${valid}` }],
    ["an invented cookie", { authorization: "", cookie: "next-auth.session-token=abc" }],
    ["a long token", { authorization: `Bearer ${"a".repeat(8_000)}` }],
  ];
  const form = { "content-type": "application/x-www-form-urlencoded" };
  return credentials.map(([name, headers]) => ({
    name: `a run by ${name}`,
    method: "POST",
    path: "/agents/assistant/runs",
    headers: { ...form, ...headers },
    body: "message=hi",
  }));
}
