import { createHmac } from "node:crypto";

/**
 * The signature of a call to an app, as the SDK specification has it. `body` is JSON in canonical form, `atMs` the
 * moment of signing.
 */
export function signCall(body: string, signingKey: string, atMs: number): string {
  const seconds = Math.floor(atMs / 1_000).toString();
  const key = signingKey.replace(/^signkey-\w+-/, "");
  return `t=${seconds}&s=${createHmac("sha256", key).update(body).update(seconds).digest("hex")}`;
}
