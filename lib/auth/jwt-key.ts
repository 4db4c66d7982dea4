import path from "node:path";
import { importSPKI } from "jose";
import { AppError } from "#lib/core/app-error.ts";
import { processSingleton } from "#lib/core/process-singleton.ts";
import { dataSecret, readKeyFile } from "#lib/db/encryption-key.ts";
import { type Environment, environment } from "#lib/env.ts";

/** What JWTs are verified with; an HS256 key can sign, too. */
export interface JwtKey {
  algorithm: "HS256" | "RS256";
  key: CryptoKey;
}

type KeySettings = Pick<
  Environment,
  "JWT_ALGORITHM" | "JWT_VERIFICATION_KEY" | "GATEHOUSE_SECRET" | "dataDirectory"
>;

const MINIMUM_SECRET_LENGTH = 16;

/** The key of this process: read once, at the first use. Throws as `readJwtKey`. */
export function jwtKey(): Promise<JwtKey> {
  return processSingleton("jwt-key", () => readJwtKey(environment()));
}

/**
 * Returns the key that the settings name: JWT_VERIFICATION_KEY (an HS256 secret, or an RS256 public key in PEM form),
 * else an HS256 key of ours, derived from GATEHOUSE_SECRET where that is set, otherwise kept in `jwt.key` in the data
 * folder (mode 0600, made at first use). Throws an AppError with a sentence for the operator when they do not fit together.
 */
export async function readJwtKey(settings: KeySettings): Promise<JwtKey> {
  const text = settings.JWT_VERIFICATION_KEY;
  switch (settings.JWT_ALGORITHM) {
    case "HS256":
      return text === undefined ? generatedKey(settings) : secretKey(text);
    case "RS256":
      return publicKey(text);
  }
}

async function secretKey(text: string): Promise<JwtKey> {
  // A public key is known to everybody: as an HS256 secret it would let everybody sign.
  if (text.includes("-----BEGIN")) {
    throw new AppError("internal", "JWT_VERIFICATION_KEY is a PEM key: set JWT_ALGORITHM=RS256 as well.");
  }
  if (text.length < MINIMUM_SECRET_LENGTH) {
    throw new AppError(
      "internal",
      `JWT_VERIFICATION_KEY must have at least ${MINIMUM_SECRET_LENGTH} characters.`,
    );
  }
  return { algorithm: "HS256", key: await importSecret(text) };
}

function importSecret(text: string): Promise<CryptoKey> {
  const hmac = { name: "HMAC", hash: "SHA-256" };
  return crypto.subtle.importKey("raw", new TextEncoder().encode(text), hmac, false, ["sign", "verify"]);
}

async function publicKey(text: string | undefined): Promise<JwtKey> {
  if (text === undefined) {
    throw new AppError("internal", "JWT_ALGORITHM=RS256 needs a public key in JWT_VERIFICATION_KEY.");
  }
  try {
    return { algorithm: "RS256", key: await importSPKI(text.replaceAll("\\n", "\n"), "RS256") };
  } catch (cause) {
    throw new AppError(
      "internal",
      'JWT_VERIFICATION_KEY is not an RSA public key in PEM form ("-----BEGIN PUBLIC KEY-----").',
      { cause },
    );
  }
}

async function generatedKey(settings: KeySettings): Promise<JwtKey> {
  // The hexadecimal text itself is the secret, so that another server can be given the file's content as its key.
  const key =
    settings.GATEHOUSE_SECRET === undefined
      ? readKeyFile(path.join(settings.dataDirectory, "jwt.key"))
      : dataSecret("jwt");
  return { algorithm: "HS256", key: await importSecret(key.toString("hex")) };
}
