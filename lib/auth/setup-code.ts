import { createHash, timingSafeEqual } from "node:crypto";
import { AppError } from "#lib/core/app-error.ts";
import { dataSecret } from "#lib/db/encryption-key.ts";
import { countTry } from "./sign-in-limits.ts";

/** Without 0, 1, I, L, O and U, which are mistaken for one another when read aloud or typed. */
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 12;

/** The code that proves one can read this server's terminal, as `ABCD-EFGH-JKMN`; the same for one data folder. */
export function setupCode(): string {
  const letters = Array.from(dataSecret("setup-code").subarray(0, LENGTH), (byte) =>
    ALPHABET.charAt(byte % ALPHABET.length),
  ).join("");
  return (letters.match(/.{4}/g) ?? []).join("-");
}

/** Throws `forbidden` unless `given` is the setup code, `rate_limited` after 10 tries in a minute from one address. */
export function checkSetupCode(given: string, address: string): void {
  countTry(address, "setup code");
  const normal = (code: string) =>
    createHash("sha256")
      .update(code.toUpperCase().replaceAll(/[^0-9A-Z]/g, ""))
      .digest();
  if (!timingSafeEqual(normal(given), normal(setupCode()))) {
    throw new AppError("forbidden", "That is not the setup code. The server prints it when it starts.");
  }
}
