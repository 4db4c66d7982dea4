/** Why a sign-in by another provider did not work; the `error` of the sign-in page's address. */
export type SignInRefusal = "linked_elsewhere" | "no_email" | "not_linked" | "sign_up_closed";

/** The sentence for an `error` in the sign-in page's address, ours or next-auth's; null without one. */
export function signInErrorSentence(error: string | undefined): string | null {
  switch (error) {
    case undefined:
    case "":
      return null;
    case "linked_elsewhere":
      return "That account belongs to another user here. Sign in with it, or link a different one.";
    case "no_email":
      return "The provider did not give us an e-mail address. Make one visible to us there, then try again.";
    case "not_linked":
      return "There is an account with this e-mail already. Sign in with its password, then link the provider under Profile.";
    case "sign_up_closed":
      return "You have no account here, and sign-up is closed. Ask a member for an invitation.";
    case "CredentialsSignin":
      return "The e-mail or the password is wrong.";
    default:
      return "The sign-in did not work. Try again.";
  }
}
