import { describe, expect, it } from "vitest";
import { verifiedClaims } from "./verified-claims.ts";
import type { JwtClaims } from "./verify-jwt.ts";

const claimsOf = (subject: string): JwtClaims => ({ subject, scopes: [], sessionId: null });

describe("verified claims", () => {
  it("are verified once in five seconds, and again after that", async () => {
    let verifications = 0;
    const verify = (token: string) => {
      verifications += 1;
      return Promise.resolve(claimsOf(token));
    };
    expect(await verifiedClaims("a", verify, 0)).toEqual(claimsOf("a"));
    expect(await verifiedClaims("a", verify, 4_999)).toEqual(claimsOf("a"));
    expect(verifications).toBe(1);
    await verifiedClaims("a", verify, 5_001);
    expect(verifications).toBe(2);
  });

  it("never mix up two tokens, and a refused one is refused each time", async () => {
    const verify = (token: string) =>
      token === "bad" ? Promise.reject(new Error("refused")) : Promise.resolve(claimsOf(token));
    await expect(verifiedClaims("bad", verify, 0)).rejects.toThrow("refused");
    await expect(verifiedClaims("bad", verify, 1)).rejects.toThrow("refused");
    for (let n = 0; n < 1_100; n += 1)
      expect((await verifiedClaims(`t${n}`, verify, 2)).subject).toBe(`t${n}`);
    expect((await verifiedClaims("t0", verify, 3)).subject).toBe("t0");
  });
});
