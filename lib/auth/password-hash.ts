import { hash, verify } from "@node-rs/argon2";
import { processSingleton } from "#lib/core/process-singleton.ts";

/** argon2id (the library's default kind) with 19 MiB, 2 passes, 1 lane: OWASP's password storage cheat sheet. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes a new password, with a salt of its own. Takes some 80 ms off the main thread. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, OPTIONS);
}

/**
 * True when the password is the hash's. With no hash (an unknown e-mail, an account without a password) it takes as
 * long and is false, so that the time tells nobody which accounts exist.
 */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  const nobodys = processSingleton("nobodys-password-hash", () => hashPassword(crypto.randomUUID()));
  const matches = await verify(passwordHash ?? (await nobodys), password);
  return matches && passwordHash !== null;
}
