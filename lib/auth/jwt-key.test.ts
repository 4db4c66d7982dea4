import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { SignJWT } from "jose";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readJwtKey } from "./jwt-key.ts";
import { signJwt } from "./sign-jwt.ts";
import { verifyJwt } from "./verify-jwt.ts";

let dataDirectory: string;

beforeEach(() => {
  dataDirectory = mkdtempSync(path.join(tmpdir(), "gatehouse-jwt-key-"));
});

afterEach(() => {
  rmSync(dataDirectory, { recursive: true });
});

const JWT = { subject: "ann", scopes: [], audience: "gatehouse", lifetimeSeconds: 60 };

function settings(change: { key?: string; algorithm?: "HS256" | "RS256" } = {}) {
  return {
    JWT_ALGORITHM: change.algorithm ?? ("HS256" as const),
    JWT_VERIFICATION_KEY: change.key,
    GATEHOUSE_SECRET: undefined,
    dataDirectory,
  };
}

describe("the key of tokens", () => {
  test("is made at the first start, for its owner's eyes only, and is the same afterwards", async () => {
    const token = await signJwt(JWT, await readJwtKey(settings()));
    const again = await readJwtKey(settings());
    await expect(verifyJwt(token, again, "gatehouse")).resolves.toMatchObject({ subject: "ann" });
    expect(statSync(path.join(dataDirectory, "jwt.key")).mode & 0o777).toBe(0o600);
  });

  test("in the file is the very secret that another program signs with", async () => {
    const key = await readJwtKey(settings());
    const secret = readFileSync(path.join(dataDirectory, "jwt.key"), "utf8").trim();
    const token = await new SignJWT({ sub: "ann", aud: "gatehouse" })
      .setProtectedHeader({ alg: "HS256" })
      .sign(new TextEncoder().encode(secret));
    await expect(verifyJwt(token, key, "gatehouse")).resolves.toMatchObject({ subject: "ann" });
  });

  test("is the same on all replicas that share a secret, and no file is written", async () => {
    const shared = { ...settings(), GATEHOUSE_SECRET: "a secret for several replicas" };
    process.env.GATEHOUSE_SECRET = shared.GATEHOUSE_SECRET;
    const token = await signJwt(JWT, await readJwtKey(shared));
    await expect(verifyJwt(token, await readJwtKey(shared), "gatehouse")).resolves.toBeDefined();
    expect(readdirSync(dataDirectory)).toEqual([]);
  });

  test.each([
    ["a short secret", { key: "short" }, /at least 16 characters/],
    ["a public key as a secret", { key: "-----BEGIN PUBLIC KEY-----\nMIIB" }, /set JWT_ALGORITHM=RS256/],
    ["RS256 without a key", { algorithm: "RS256" }, /needs a public key/],
    ["RS256 with something else", { algorithm: "RS256", key: "no pem at all here" }, /not an RSA public key/],
  ] as const)("refuses %s with a sentence that says what to do", async (_, change, sentence) => {
    await expect(readJwtKey(settings(change))).rejects.toThrow(sentence);
  });
});
