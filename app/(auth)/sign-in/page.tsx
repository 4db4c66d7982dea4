import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { AuthPage } from "#components/auth/auth-page.tsx";
import { OrLine } from "#components/auth/or-line.tsx";
import { ProviderButtons } from "#components/auth/provider-buttons.tsx";
import { SignInForm } from "#components/auth/sign-in-form.tsx";
import { SignOutForm } from "#components/auth/sign-out-form.tsx";
import { currentUser } from "#lib/auth/current-principal.ts";
import { oauthProviders } from "#lib/auth/oauth-providers.ts";
import { safePath } from "#lib/auth/safe-path.ts";
import { signInErrorSentence } from "#lib/auth/sign-in-refusal.ts";
import { signUpState } from "#lib/server/sign-up-state.ts";
import { signOutAction } from "../sign-out-action.ts";
import { signInAction } from "./sign-in-action.ts";

export const metadata: Metadata = { title: "Sign in" };

interface SignInPageProps {
  searchParams: Promise<{ next?: string | string[]; error?: string | string[] }>;
}

/** The way into the console; leads to the first account while there is none. */
export default async function SignInPage({ searchParams }: SignInPageProps) {
  const query = await searchParams;
  const next = safePath(typeof query.next === "string" ? query.next : "/");
  const user = await currentUser();
  if (user !== null && user.memberships.length > 0) redirect(next);
  if (user !== null) {
    return (
      <AuthPage
        title="You belong to no organization"
        lead={`You are signed in as ${user.email}. Ask a member for an invitation, or use another account.`}
      >
        <SignOutForm action={signOutAction} />
      </AuthPage>
    );
  }
  const signUp = await signUpState();
  if (signUp === "first") redirect("/sign-up");
  const providers = oauthProviders();
  const problem = signInErrorSentence(typeof query.error === "string" ? query.error : undefined);
  return (
    <AuthPage
      title="Sign in"
      foot={
        signUp === "open" ? (
          <>
            No account yet?{" "}
            <Link href="/sign-up" className="text-accent-text underline underline-offset-4">
              Create one
            </Link>
          </>
        ) : (
          "No account yet? Ask a member for an invitation."
        )
      }
    >
      {problem === null ? null : (
        <p role="alert" className="mb-4 text-failed-text">
          {problem}
        </p>
      )}
      <SignInForm action={signInAction} next={next} />
      {providers.length === 0 ? null : (
        <>
          <OrLine />
          <div className="flex flex-col gap-2">
            <ProviderButtons providers={providers} verb="Continue with" next={next} />
          </div>
        </>
      )}
    </AuthPage>
  );
}
