import { AppError } from "#lib/core/app-error.ts";
import { emailSchema } from "#lib/core/account.ts";
import { findUserByEmail, type UserRecord } from "#lib/db/users.ts";
import { countVisit } from "./count-visit.ts";
import { passwordMatches } from "./password-hash.ts";
import { countTry, forgetTries } from "./sign-in-limits.ts";

const WRONG = "The e-mail or the password is wrong.";

/**
 * Returns the user of an e-mail and password. Throws `unauthenticated` with one and the same sentence, after the same
 * work, whether the e-mail or the password is wrong, and `rate_limited` after 10 tries in a minute, or 100
 * from one network whomever they name. `address` is where the try comes from.
 */
export async function verifyCredentials(
  credentials: { email: string; password: string },
  address: string,
): Promise<UserRecord> {
  const parsed = emailSchema.safeParse(credentials.email);
  const email = parsed.success ? parsed.data : "nobody";
  countVisit(address);
  countTry(email, address);
  const user = parsed.success ? await findUserByEmail(email) : null;
  const matches = await passwordMatches(user?.passwordHash ?? null, credentials.password.slice(0, 1_000));
  if (user === null || !matches) throw new AppError("unauthenticated", WRONG);
  forgetTries(email, address);
  return user;
}
