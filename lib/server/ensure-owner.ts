import { hashPassword } from "#lib/auth/password-hash.ts";
import { emailSchema, newPasswordSchema } from "#lib/core/account.ts";
import { AppError } from "#lib/core/app-error.ts";
import { prefixedId } from "#lib/core/ids.ts";
import { createAccount } from "#lib/db/create-account.ts";
import { hasUsers } from "#lib/db/users.ts";
import { environment } from "#lib/env.ts";

/**
 * Makes the owner that GATEHOUSE_OWNER_EMAIL and GATEHOUSE_OWNER_PASSWORD name, where nobody has an account yet;
 * afterwards the two are not looked at. Throws an AppError with a sentence for the operator when they cannot be used.
 */
export async function ensureOwner(): Promise<void> {
  const { GATEHOUSE_OWNER_EMAIL, GATEHOUSE_OWNER_PASSWORD } = environment();
  if (GATEHOUSE_OWNER_EMAIL === undefined && GATEHOUSE_OWNER_PASSWORD === undefined) return;
  if (await hasUsers()) return;
  if (GATEHOUSE_OWNER_EMAIL === undefined || GATEHOUSE_OWNER_PASSWORD === undefined) {
    throw new AppError(
      "internal",
      "Set GATEHOUSE_OWNER_EMAIL and GATEHOUSE_OWNER_PASSWORD together, or neither.",
    );
  }
  const email = emailSchema.safeParse(GATEHOUSE_OWNER_EMAIL);
  if (!email.success) throw new AppError("internal", "GATEHOUSE_OWNER_EMAIL is not an e-mail address.");
  const password = newPasswordSchema.safeParse(GATEHOUSE_OWNER_PASSWORD);
  if (!password.success) {
    throw new AppError("internal", `GATEHOUSE_OWNER_PASSWORD: ${password.error.issues[0]?.message ?? ""}`);
  }
  await createAccount(
    {
      id: prefixedId("user", crypto.randomUUID()),
      email: email.data,
      name: email.data.replace(/@.*$/, ""),
      passwordHash: await hashPassword(password.data),
    },
    { kind: "first" },
  ).catch(async (error: unknown) => {
    // Another replica started at the same moment and was faster.
    if (!(await hasUsers())) throw error;
  });
}
