import { emailSchema, personNameSchema } from "#lib/core/account.ts";
import { AppError } from "#lib/core/app-error.ts";
import { prefixedId } from "#lib/core/ids.ts";
import { createAccount, type SignUpDoor } from "#lib/db/create-account.ts";
import { findLinkedUserId, type LinkedIdentity, linkAccount } from "#lib/db/linked-accounts.ts";
import { findUserByEmail, hasUsers } from "#lib/db/users.ts";
import { hashInvitationSecret } from "./invitation-secret.ts";
import { needsSetupCode } from "./needs-setup-code.ts";
import type { SignInRefusal } from "./sign-in-refusal.ts";

/** What a provider says about somebody. */
interface ProviderIdentity extends LinkedIdentity {
  email: string | null;
  name: string | null;
}

interface ResolveContext {
  /** Somebody who is signed in here adds the provider to their own account. */
  signedInUserId: string | null;
  /** The secret of the invitation's page from which they came. */
  invitationSecret: string | null;
  headers: Headers;
}

/**
 * Decides whether somebody whom another provider vouches for may come in: as the user the account is linked to, as the
 * signed-in user who links it now, or as a new user where sign-up is open to them. An existing account is never taken
 * over because its e-mail is the same: e-mail addresses here are not verified. Returns null, or why not.
 */
export async function resolveLinkedAccount(
  identity: ProviderIdentity,
  context: ResolveContext,
): Promise<SignInRefusal | null> {
  const linkedUserId = await findLinkedUserId(identity);
  if (context.signedInUserId !== null) {
    if (linkedUserId !== null) return linkedUserId === context.signedInUserId ? null : "linked_elsewhere";
    return (await linkAccount(context.signedInUserId, identity)) ? null : "linked_elsewhere";
  }
  if (linkedUserId !== null) return null;
  const email = emailSchema.safeParse(identity.email);
  if (!email.success) return "no_email";
  if ((await findUserByEmail(email.data)) !== null) return "not_linked";
  const name = personNameSchema.safeParse(identity.name);
  try {
    await createAccount(
      {
        id: prefixedId("user", crypto.randomUUID()),
        email: email.data,
        name: name.success ? name.data : email.data.replace(/@.*$/, ""),
        passwordHash: null,
        link: identity,
      },
      await doorOf(context),
    );
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.code === "conflict" ? "not_linked" : "sign_up_closed";
    throw error;
  }
}

async function doorOf({ invitationSecret, headers }: ResolveContext): Promise<SignUpDoor> {
  if (invitationSecret !== null) {
    return { kind: "invitation", tokenHash: hashInvitationSecret(invitationSecret) };
  }
  return !(await hasUsers()) && !needsSetupCode(headers) ? { kind: "first" } : { kind: "open" };
}
