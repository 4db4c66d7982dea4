import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ProviderButtons } from "#components/auth/provider-buttons.tsx";
import { NameForm } from "#components/settings/name-form.tsx";
import { PasswordForm } from "#components/settings/password-form.tsx";
import { Section } from "#components/ui/section.tsx";
import { currentUser, requirePrincipal } from "#lib/auth/current-principal.ts";
import { oauthProviders } from "#lib/auth/oauth-providers.ts";
import { listLinkedAccounts } from "#lib/server/list-linked-accounts.ts";
import { changePasswordAction, renameAction } from "./actions.ts";

export const metadata: Metadata = { title: "Profile" };

interface ProfilePageProps {
  params: Promise<{ organization: string }>;
}

/** One's own name, password and linked accounts. */
export default async function ProfilePage({ params }: ProfilePageProps) {
  const { organization } = await params;
  const here = `/o/${organization}/settings/profile`;
  await requirePrincipal(organization);
  const user = await currentUser();
  if (user === null) notFound();
  const providers = oauthProviders();
  const linked = providers.length === 0 ? [] : await listLinkedAccounts(user);
  const unlinked = providers.filter(({ id }) => !linked.includes(id));
  return (
    <div className="flex max-w-120 flex-col gap-8">
      <Section title="You">
        <NameForm action={renameAction} name={user.name} email={user.email} />
      </Section>
      <Section title={user.hasPassword ? "Change password" : "Set a password"}>
        <PasswordForm action={changePasswordAction} hasPassword={user.hasPassword} />
      </Section>
      {providers.length === 0 ? null : (
        <Section title="Other ways to sign in">
          <div className="flex flex-col gap-2 border-t border-line pt-3">
            {providers
              .filter(({ id }) => linked.includes(id))
              .map(({ id, name }) => (
                <p key={id}>{name} is linked.</p>
              ))}
            <ProviderButtons providers={unlinked} verb="Link" next={here} />
          </div>
        </Section>
      )}
    </div>
  );
}
