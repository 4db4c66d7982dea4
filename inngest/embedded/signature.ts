import { createHmac, timingSafeEqual } from "node:crypto";

/** The signature header of a body (its canonical JSON, or the text of an answer) at a time. */
export function sign(signingKey: string, body: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1_000).toString();
  return `t=${seconds}&s=${digest(signingKey, body, seconds)}`;
}

/** Whether a signature header is this key's for this body. The caller knows that the answer is fresh. */
export function isSignedBy(signingKey: string, body: string, header: string | null): boolean {
  const parameters = new URLSearchParams(header ?? "");
  const expected = Buffer.from(digest(signingKey, body, parameters.get("t") ?? ""));
  const actual = Buffer.from(parameters.get("s") ?? "");
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function digest(signingKey: string, body: string, seconds: string): string {
  const secret = signingKey.replace(/^signkey-\w+-/, "");
  return createHmac("sha256", secret).update(body).update(seconds).digest("hex");
}
