import { z } from "zod";
import { countVisit } from "#lib/auth/count-visit.ts";
import { hashInvitationSecret } from "#lib/auth/invitation-secret.ts";
import { openSignIn } from "#lib/auth/open-sign-in.ts";
import { hashPassword } from "#lib/auth/password-hash.ts";
import { encodeSessionToken } from "#lib/auth/session-token.ts";
import { checkSetupCode } from "#lib/auth/setup-code.ts";
import { countTry } from "#lib/auth/sign-in-limits.ts";
import { emailSchema, newPasswordSchema, personNameSchema } from "#lib/core/account.ts";
import { AppError } from "#lib/core/app-error.ts";
import { prefixedId } from "#lib/core/ids.ts";
import { createAccount, type SignUpDoor } from "#lib/db/create-account.ts";
import { findInvitationOffer } from "#lib/db/invitations.ts";
import { hasUsers } from "#lib/db/users.ts";
import type { Visitor } from "./sign-in.ts";
import { signUpState } from "./sign-up-state.ts";

/** What a person fills in to get an account. */
export const signUpSchema = z.object({
  name: personNameSchema,
  email: emailSchema,
  password: newPasswordSchema,
  setupCode: z.string().max(100).default(""),
  invitationSecret: z.string().max(200).nullable().default(null),
});

interface SignedUp {
  /** The value of the sign-in cookie. */
  cookie: string;
  organizationSlug: string;
}

/**
 * Makes an account and signs it in: the first one becomes the owner (with the setup code where `setupCodeNeeded`), later
 * ones need an invitation or open sign-up. Throws AppError with the sentence that the person should see.
 */
export async function signUp(
  input: z.output<typeof signUpSchema>,
  visitor: Visitor & { setupCodeNeeded: boolean },
): Promise<SignedUp> {
  countVisit(visitor.address);
  countTry(input.email, visitor.address);
  const door = await doorFor(input, visitor);
  const id = prefixedId("user", crypto.randomUUID());
  const { name, email } = input;
  const passwordHash = await hashPassword(input.password);
  const { organizationSlug } = await createAccount({ id, email, name, passwordHash }, door);
  const cookie = await encodeSessionToken(await openSignIn(id, visitor.userAgent));
  return { cookie, organizationSlug };
}

/** Refuses before the costly hashing what the database would refuse after it. */
async function doorFor(
  input: z.output<typeof signUpSchema>,
  visitor: Visitor & { setupCodeNeeded: boolean },
): Promise<SignUpDoor> {
  if (input.invitationSecret !== null) {
    const tokenHash = hashInvitationSecret(input.invitationSecret);
    if ((await findInvitationOffer(tokenHash)) === null) {
      throw new AppError("not_found", "This invitation was used, revoked or has expired. Ask for a new one.");
    }
    return { kind: "invitation", tokenHash };
  }
  if (!(await hasUsers())) {
    if (visitor.setupCodeNeeded) checkSetupCode(input.setupCode, visitor.address);
    return { kind: "first" };
  }
  if ((await signUpState()) === "closed") {
    throw new AppError("forbidden", "Sign-up is closed. Ask a member for an invitation.");
  }
  return { kind: "open" };
}
