import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { redirect } from "next/navigation";
import { AuthPage } from "#components/auth/auth-page.tsx";
import { SignUpForm } from "#components/auth/sign-up-form.tsx";
import { currentUser } from "#lib/auth/current-principal.ts";
import { needsSetupCode } from "#lib/auth/needs-setup-code.ts";
import { signUpState } from "#lib/server/sign-up-state.ts";
import { signUpAction } from "./sign-up-action.ts";

export const metadata: Metadata = { title: "Create an account" };

/** Makes the first account, which owns the installation; later ones where sign-up is open. */
export default async function SignUpPage() {
  if ((await currentUser()) !== null) redirect("/");
  const toSignIn = (
    <>
      You have an account?{" "}
      <Link href="/sign-in" className="text-accent-text underline underline-offset-4">
        Sign in
      </Link>
    </>
  );
  switch (await signUpState()) {
    case "first":
      return (
        <AuthPage
          title="Create the first account"
          lead="It becomes the owner of this installation. Nothing leaves this server, and no e-mail is sent."
        >
          <SignUpForm
            action={signUpAction}
            asksSetupCode={needsSetupCode(await headers())}
            submit="Create account"
          />
        </AuthPage>
      );
    case "open":
      return (
        <AuthPage title="Create an account" lead="You join as a member." foot={toSignIn}>
          <SignUpForm action={signUpAction} submit="Create account" />
        </AuthPage>
      );
    case "closed":
      return (
        <AuthPage title="Sign-up is closed" lead="Ask a member for an invitation link." foot={toSignIn}>
          {null}
        </AuthPage>
      );
  }
}
