import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { readJwtKey } from "#lib/auth/jwt-key.ts";
import { verifyJwt } from "#lib/auth/verify-jwt.ts";

const dataDirectory = mkdtempSync(path.join(tmpdir(), "gatehouse-token-"));

afterAll(() => rmSync(dataDirectory, { recursive: true }));

function run(args: string[], env: Record<string, string> = {}) {
  const script = path.join(import.meta.dirname, "token.ts");
  const inherited = { PATH: process.env.PATH ?? "", NODE_ENV: "test" } as const;
  return spawnSync(process.execPath, [script, ...args], { encoding: "utf8", env: { ...inherited, ...env } });
}

test("the printed token, and nothing else, is one that the server of the folder accepts", async () => {
  const { stdout, status } = run(["--sub", "ann", "--data", dataDirectory], { AGENTOS_ID: "my-os" });
  const key = await readJwtKey({
    JWT_ALGORITHM: "HS256",
    JWT_VERIFICATION_KEY: undefined,
    GATEHOUSE_SECRET: undefined,
    dataDirectory,
  });
  await expect(verifyJwt(stdout.trimEnd(), key, "my-os")).resolves.toEqual({
    subject: "ann",
    scopes: ["agent_os:admin"],
    sessionId: null,
  });
  expect(status).toBe(0);
});

test("without a key that signs there is a sentence and no token", () => {
  const { stdout, stderr, status } = run(["--data", dataDirectory], { JWT_ALGORITHM: "RS256" });
  expect({ stdout, status }).toEqual({ stdout: "", status: 1 });
  expect(stderr).toContain("JWT_ALGORITHM=RS256 needs a public key in JWT_VERIFICATION_KEY.");
});
