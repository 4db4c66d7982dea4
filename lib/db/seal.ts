import { createCipheriv, randomBytes } from "node:crypto";
import { type SealingKey, sealingKey } from "./sealing-key.ts";

/** The sealed format: `v1.<key id>.<nonce>.<tag>.<ciphertext>`, the last three in base64url. */
export const SEAL_VERSION = "v1";
/** AES-GCM's nonce; random ones are safe for 2^32 texts under one key (NIST SP 800-38D). */
const NONCE_BYTES = 12;

/**
 * Encrypts a secret with AES-256-GCM for one place: `context` names the row (organization, table, id, column), and
 * only the same context opens it again, so a sealed text copied into another row is worthless.
 */
export function seal(secret: string, context: readonly string[], by: SealingKey = sealingKey()): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", by.key, nonce);
  cipher.setAAD(Buffer.from(JSON.stringify([SEAL_VERSION, by.id, ...context])));
  const ciphertext = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  const parts = [nonce, cipher.getAuthTag(), ciphertext].map((part) => part.toString("base64url"));
  return [SEAL_VERSION, by.id, ...parts].join(".");
}
