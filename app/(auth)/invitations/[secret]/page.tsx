import type { Metadata } from "next";
import Link from "next/link";
import { AcceptInvitationForm } from "#components/auth/accept-invitation-form.tsx";
import { AuthPage } from "#components/auth/auth-page.tsx";
import { OrLine } from "#components/auth/or-line.tsx";
import { ProviderButtons } from "#components/auth/provider-buttons.tsx";
import { SignUpForm } from "#components/auth/sign-up-form.tsx";
import { ROLE_WORDS } from "#components/shell/role-words.ts";
import { currentUser } from "#lib/auth/current-principal.ts";
import { oauthProviders } from "#lib/auth/oauth-providers.ts";
import { findInvitation } from "#lib/server/find-invitation.ts";
import { signUpAction } from "../../sign-up/sign-up-action.ts";
import { acceptInvitationAction } from "./accept-action.ts";

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer", robots: "noindex" };

/** Where an invitation's link leads: join as who one is, or make an account first. */
export default async function InvitationPage({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params;
  const [offer, user] = await Promise.all([findInvitation(secret), currentUser()]);
  if (offer === null) {
    return (
      <AuthPage
        title="This invitation is no longer open"
        lead="It was used or revoked, or its seven days are over. Ask for a new link."
      >
        <Link href="/" className="text-accent-text underline underline-offset-4">
          Go to the console
        </Link>
      </AuthPage>
    );
  }
  const title = `Join ${offer.organizationName}`;
  const lead = `You are invited as ${ROLE_WORDS[offer.role].toLowerCase()}.`;
  if (user !== null) {
    return (
      <AuthPage title={title} lead={`${lead} You are signed in as ${user.email}.`}>
        <AcceptInvitationForm
          action={acceptInvitationAction}
          invitationSecret={secret}
          organizationName={offer.organizationName}
        />
      </AuthPage>
    );
  }
  const here = `/invitations/${secret}`;
  const providers = oauthProviders();
  return (
    <AuthPage
      title={title}
      lead={lead}
      foot={
        <>
          You have an account?{" "}
          <Link
            href={`/sign-in?next=${encodeURIComponent(here)}`}
            className="text-accent-text underline underline-offset-4"
          >
            Sign in
          </Link>
        </>
      }
    >
      <SignUpForm
        action={signUpAction}
        email={offer.email}
        invitationSecret={secret}
        submit="Create account and join"
      />
      {providers.length === 0 ? null : (
        <>
          <OrLine />
          <div className="flex flex-col gap-2">
            <ProviderButtons providers={providers} verb="Continue with" next={here} />
          </div>
        </>
      )}
    </AuthPage>
  );
}
