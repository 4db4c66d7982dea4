import { z } from "zod";
import { hashPassword, passwordMatches } from "#lib/auth/password-hash.ts";
import { countTry } from "#lib/auth/sign-in-limits.ts";
import { newPasswordSchema } from "#lib/core/account.ts";
import { AppError } from "#lib/core/app-error.ts";
import { changePasswordHash, findUserById } from "#lib/db/users.ts";

/** The old password (empty for an account that has none yet) and the new one. */
export const passwordChangeSchema = z.object({
  currentPassword: z.string().max(1_000),
  newPassword: newPasswordSchema,
});

/**
 * Changes the user's password and ends their sign-ins elsewhere. Throws `forbidden` when the current password is
 * wrong, `rate_limited` after 10 tries in a minute.
 */
export async function changePassword(
  user: { id: string; authSessionId: string },
  change: z.output<typeof passwordChangeSchema>,
): Promise<void> {
  countTry(user.id, "change password");
  const stored = await findUserById(user.id);
  if (stored === null) throw new AppError("not_found", "This account no longer exists.");
  const knownHash = stored.passwordHash;
  if (knownHash !== null && !(await passwordMatches(knownHash, change.currentPassword))) {
    throw new AppError("forbidden", "That is not your current password.");
  }
  const newHash = await hashPassword(change.newPassword);
  const keepAuthSessionId = user.authSessionId;
  if (await changePasswordHash(user.id, { knownHash, newHash, keepAuthSessionId })) return;
  throw new AppError("conflict", "The password was changed elsewhere meanwhile. Try again.");
}
