import type { Metadata } from "next";
import { headers } from "next/headers";
import { InvitationList } from "#components/settings/invitation-list.tsx";
import { InviteForm } from "#components/settings/invite-form.tsx";
import { MemberList } from "#components/settings/member-list.tsx";
import { OpenSignUpSwitch } from "#components/settings/open-sign-up-switch.tsx";
import { Section } from "#components/ui/section.tsx";
import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { publicOrigin } from "#lib/auth/public-origin.ts";
import { isAdministrator } from "#lib/core/principal.ts";
import { getOrganizationSettings } from "#lib/server/get-organization-settings.ts";
import { listMembers } from "#lib/server/list-members.ts";
import {
  changeRoleAction,
  inviteMemberAction,
  removeMemberAction,
  revokeInvitationAction,
  setOpenSignUpAction,
} from "./actions.ts";

export const metadata: Metadata = { title: "Members" };

interface MembersPageProps {
  params: Promise<{ organization: string }>;
}

/** Who belongs to the organization, who is invited, and whether anybody may join. */
export default async function MembersPage({ params }: MembersPageProps) {
  const { organization } = await params;
  const principal = await requirePrincipal(organization);
  const [{ members, invitations }, settings, requestHeaders] = await Promise.all([
    listMembers(principal),
    getOrganizationSettings(principal),
    headers(),
  ]);
  const mayManage = isAdministrator(principal);
  return (
    <div className="flex flex-col gap-8">
      <Section title="Members">
        <MemberList
          members={members.map((member) => ({ ...member, joinedAt: member.joinedAt.toISOString() }))}
          self={{ userId: principal.id, role: principal.role ?? "member" }}
          changeRole={changeRoleAction.bind(null, organization)}
          remove={removeMemberAction.bind(null, organization)}
        />
      </Section>
      {mayManage ? (
        <>
          <Section title="Invite somebody">
            <InviteForm
              action={inviteMemberAction.bind(null, organization)}
              origin={publicOrigin(requestHeaders)}
              mayInviteOwners={principal.role === "owner"}
            />
          </Section>
          <Section title="Open invitations">
            <InvitationList
              invitations={invitations.map(({ id, email, role, expiresAt }) => ({
                id,
                email,
                role,
                expiresAt: expiresAt.toISOString(),
              }))}
              revoke={revokeInvitationAction.bind(null, organization)}
            />
          </Section>
          <Section title="Sign-up">
            <OpenSignUpSwitch
              isOpen={settings.open_sign_up}
              setOpen={setOpenSignUpAction.bind(null, organization)}
            />
          </Section>
        </>
      ) : null}
    </div>
  );
}
