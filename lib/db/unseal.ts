import { createDecipheriv } from "node:crypto";
import { AppError } from "#lib/core/app-error.ts";
import { SEAL_VERSION } from "./seal.ts";
import { type SealingKey, sealingKey } from "./sealing-key.ts";

const TAG_BYTES = 16;

/**
 * Opens what `seal` made for the same context. Throws AppError `unavailable` when it was sealed with another key, for
 * another row, or changed since.
 */
export function unseal(sealed: string, context: readonly string[], by: SealingKey = sealingKey()): string {
  const [version, keyId, nonce = "", tag = "", ciphertext = ""] = sealed.split(".");
  if (version !== SEAL_VERSION || keyId !== by.id) {
    throw new AppError(
      "unavailable",
      "A stored secret was encrypted with another key. Start with the GATEHOUSE_SECRET or the secret.key file it was stored with, or enter the secret again.",
    );
  }
  try {
    const decipher = createDecipheriv("aes-256-gcm", by.key, Buffer.from(nonce, "base64url"), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(JSON.stringify([version, keyId, ...context])));
    decipher.setAuthTag(Buffer.from(tag, "base64url"));
    return Buffer.concat([decipher.update(Buffer.from(ciphertext, "base64url")), decipher.final()]).toString(
      "utf8",
    );
  } catch (cause) {
    throw new AppError("unavailable", "A stored secret is damaged and cannot be read. Enter it again.", {
      cause,
    });
  }
}
