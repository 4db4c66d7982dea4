import { hkdfSync, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { processSingleton } from "#lib/core/process-singleton.ts";
import { environment } from "#lib/env.ts";

/** Bytes of the root secret and of every key derived from it: AES-256's and HMAC-SHA-256's size. */
const KEY_BYTES = 32;
const MINIMUM_SECRET_LENGTH = 16;

/** Where the root secret comes from: an operator's own text, else a file in the data folder. */
interface SecretSource {
  secret: string | undefined;
  dataDirectory: string;
}

/**
 * Derives the 32-byte key for one purpose from this process's root secret, so that no two uses share a key.
 * The root is GATEHOUSE_SECRET when set, else `secret.key` in the data folder (made at first use, mode 0600).
 * Throws an Error with a sentence for the operator when the secret is too short or the file unusable.
 */
export function dataSecret(purpose: string): Buffer {
  const root = processSingleton("root-secret", () => {
    const { GATEHOUSE_SECRET, dataDirectory } = environment();
    return readRootSecret({ secret: GATEHOUSE_SECRET, dataDirectory });
  });
  return deriveKey(root, purpose);
}

/** Derives a purpose's key from a root secret (HKDF-SHA-256, RFC 5869). */
export function deriveKey(root: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", root, "gatehouse", purpose, KEY_BYTES));
}

/** Returns the root secret of a source; makes the key file when there is neither a secret nor a file. */
export function readRootSecret(source: SecretSource): Buffer {
  if (source.secret !== undefined) {
    if (source.secret.length < MINIMUM_SECRET_LENGTH) {
      throw new Error(`GATEHOUSE_SECRET must have at least ${MINIMUM_SECRET_LENGTH} characters.`);
    }
    return Buffer.from(source.secret, "utf8");
  }
  return readKeyFile(path.join(source.dataDirectory, "secret.key"));
}

/** Returns the 32-byte key in a file (hexadecimal text, mode 0600); makes the file at first use. */
export function readKeyFile(file: string): Buffer {
  if (!fs.existsSync(file)) createKeyFile(file);
  return parseKeyFile(file);
}

function parseKeyFile(file: string): Buffer {
  const text = fs.readFileSync(file, "utf8").trim();
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new Error(`${file} is not a key of ours (64 hexadecimal characters). Restore it from a backup.`);
  }
  return Buffer.from(text, "hex");
}

/** Puts a complete key in place or leaves another process's: nobody ever reads half a key. */
function createKeyFile(file: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  fs.writeFileSync(draft, `${randomBytes(KEY_BYTES).toString("hex")}\n`, { mode: 0o600, flush: true });
  try {
    fs.linkSync(draft, file);
  } catch (error) {
    if (!fs.existsSync(file)) throw error;
  } finally {
    fs.rmSync(draft, { force: true });
  }
}
