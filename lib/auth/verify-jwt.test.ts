import { createHmac, generateKeyPairSync, randomBytes } from "node:crypto";
import { SignJWT } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import { type JwtKey, readJwtKey } from "./jwt-key.ts";
import { verifyJwt } from "./verify-jwt.ts";

const SECRET = randomBytes(32).toString("hex");
const NOW = new Date("2026-05-13T12:00:00Z");
const NOW_S = NOW.getTime() / 1_000;
const pair = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const PEM = pair.publicKey.export({ type: "spki", format: "pem" }).toString();

let secretKey: JwtKey;
let publicKey: JwtKey;

beforeAll(async () => {
  const settings = { GATEHOUSE_SECRET: undefined, dataDirectory: "unused" };
  secretKey = await readJwtKey({ ...settings, JWT_ALGORITHM: "HS256", JWT_VERIFICATION_KEY: SECRET });
  publicKey = await readJwtKey({ ...settings, JWT_ALGORITHM: "RS256", JWT_VERIFICATION_KEY: PEM });
});

const GOOD = { sub: "ann", aud: "gatehouse", scopes: ["agents:run"], exp: NOW_S + 60 };

function sign(claims: Record<string, unknown>, secret = SECRET): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode(secret));
}

/** A token made by hand, as an attacker would. */
function forge(header: unknown, claims: unknown, signature: (input: string) => string): string {
  const input = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return `${input}.${signature(input)}`;
}

describe("a token", () => {
  test("says whose it is, what it may and which session it is bound to", async () => {
    const token = await sign({ ...GOOD, session_id: "s1" });
    await expect(verifyJwt(token, secretKey, "gatehouse", NOW)).resolves.toEqual({
      subject: "ann",
      scopes: ["agents:run"],
      sessionId: "s1",
    });
  });

  test("counts with one scope as plain text, which is not split", async () => {
    const token = await sign({ ...GOOD, scopes: "agents:run sessions:read" });
    const { scopes } = await verifyJwt(token, secretKey, "gatehouse", NOW);
    expect(scopes).toEqual(["agents:run sessions:read"]);
  });

  test("may name us among several audiences, and be ten seconds late or early", async () => {
    const claims = { ...GOOD, aud: ["other", "gatehouse"], exp: NOW_S - 9, nbf: NOW_S + 9, iat: NOW_S + 9 };
    await expect(verifyJwt(await sign(claims), secretKey, "gatehouse", NOW)).resolves.toBeDefined();
  });

  test("of an RSA key is verified by its public half", async () => {
    const token = await new SignJWT(GOOD).setProtectedHeader({ alg: "RS256" }).sign(pair.privateKey);
    await expect(verifyJwt(token, publicKey, "gatehouse", NOW)).resolves.toMatchObject({ subject: "ann" });
  });

  test("without a subject is an administrator's or nobody's", async () => {
    const { sub: _, ...nameless } = GOOD;
    const admin = await sign({ ...nameless, scopes: ["agent_os:admin"] });
    await expect(verifyJwt(admin, secretKey, "gatehouse", NOW)).resolves.toMatchObject({ subject: null });
    await expect(verifyJwt(await sign(nameless), secretKey, "gatehouse", NOW)).rejects.toThrow(
      'Invalid token: Token is missing the "sub" claim',
    );
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["whose time is over", { exp: NOW_S - 11 }, "Token has expired"],
    [
      "for another instance",
      { aud: "other" },
      "Invalid token audience - token not valid for this AgentOS instance",
    ],
    ["for no instance", { aud: undefined }, 'Invalid token: Token is missing the "aud" claim'],
    ["that does not count yet", { nbf: NOW_S + 11 }, "Invalid token: The token is not yet valid (nbf)"],
    ["from the future", { iat: NOW_S + 11 }, "Invalid token: The token is not yet valid (iat)"],
    ["in the name of a service account", { sub: "sa:ci" }, "Invalid token subject"],
    ["in the name of the scheduler", { sub: "__scheduler__" }, "Invalid token subject"],
    ["in the name of an OAuth client", { sub: "__oauth__:x" }, "Invalid token subject"],
    ["with a number for a subject", { sub: 7 }, 'Invalid token: The claim "sub" is malformed'],
    ["with a NUL in its subject", { sub: "a\0b" }, 'Invalid token: The claim "sub" is malformed'],
    ["with numbers for scopes", { scopes: [1] }, 'Invalid token: The claim "scopes" is malformed'],
    [
      "with a long session id",
      { session_id: "x".repeat(129) },
      'Invalid token: The claim "session_id" is malformed',
    ],
  ])("%s is refused", async (_, change, sentence) => {
    const token = await sign({ ...GOOD, ...change });
    await expect(verifyJwt(token, secretKey, "gatehouse", NOW)).rejects.toMatchObject({
      code: "unauthenticated",
      message: sentence,
    });
  });

  test("that nobody signed is refused", async () => {
    const token = forge({ alg: "none" }, GOOD, () => "");
    await expect(verifyJwt(token, secretKey, "gatehouse", NOW)).rejects.toThrow(
      "Invalid token: The specified alg value is not allowed",
    );
  });

  test("signed with the public key as if it were a secret is refused", async () => {
    const token = forge({ alg: "HS256" }, GOOD, (input) =>
      createHmac("sha256", PEM).update(input).digest("base64url"),
    );
    await expect(verifyJwt(token, publicKey, "gatehouse", NOW)).rejects.toThrow(
      "Invalid token: The specified alg value is not allowed",
    );
  });

  test("of an RSA key is refused where a secret is expected", async () => {
    const token = await new SignJWT(GOOD).setProtectedHeader({ alg: "RS256" }).sign(pair.privateKey);
    await expect(verifyJwt(token, secretKey, "gatehouse", NOW)).rejects.toThrow("alg value is not allowed");
  });

  test("of another secret is refused, and the refusal shows nothing of it", async () => {
    const token = await sign(GOOD, "another secret of some length");
    const error: unknown = await verifyJwt(token, secretKey, "gatehouse", NOW).catch(
      (caught: unknown) => caught,
    );
    expect(error).toMatchObject({ message: "Invalid token: Signature verification failed" });
    expect(JSON.stringify(error)).not.toContain(token.slice(0, 10));
  });

  test.each(["", "x", "a.b", "a.b.c", "....", "é.é.é", "{}", "eyJhbGciOiJIUzI1NiJ9.e30"])(
    "that is none, %j, is refused",
    async (token) => {
      await expect(verifyJwt(token, secretKey, "gatehouse", NOW)).rejects.toMatchObject({
        code: "unauthenticated",
        message: expect.stringMatching(/^Invalid token: /),
      });
    },
  );
});
