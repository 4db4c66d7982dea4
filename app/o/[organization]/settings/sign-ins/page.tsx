import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SignInList } from "#components/settings/sign-in-list.tsx";
import { Section } from "#components/ui/section.tsx";
import { currentUser, requirePrincipal } from "#lib/auth/current-principal.ts";
import { describeUserAgent } from "#lib/core/describe-user-agent.ts";
import { listSignIns } from "#lib/server/list-sign-ins.ts";
import { revokeSignInAction, signOutEverywhereAction } from "./actions.ts";

export const metadata: Metadata = { title: "Sign-ins" };

interface SignInsPageProps {
  params: Promise<{ organization: string }>;
}

/** Where one is signed in. */
export default async function SignInsPage({ params }: SignInsPageProps) {
  const { organization } = await params;
  await requirePrincipal(organization);
  const user = await currentUser();
  if (user === null) notFound();
  const signIns = await listSignIns(user);
  return (
    <Section title="Where you are signed in">
      <SignInList
        signIns={signIns.map((each) => ({
          id: each.id,
          device: describeUserAgent(each.userAgent),
          createdAt: each.createdAt.toISOString(),
          lastSeenAt: each.lastSeenAt.toISOString(),
          isCurrent: each.isCurrent,
        }))}
        revoke={revokeSignInAction}
        signOutEverywhere={signOutEverywhereAction}
      />
    </Section>
  );
}
