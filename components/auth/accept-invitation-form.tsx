"use client";

import type { FormAction } from "#lib/core/form-state.ts";
import { ActionForm } from "./action-form.tsx";

interface AcceptInvitationFormProps {
  action: FormAction;
  invitationSecret: string;
  organizationName: string;
}

/** One button: join. */
export function AcceptInvitationForm({
  action,
  invitationSecret,
  organizationName,
}: AcceptInvitationFormProps) {
  return (
    <ActionForm action={action} submit={`Join ${organizationName}`} wide>
      {() => <input type="hidden" name="invitationSecret" value={invitationSecret} />}
    </ActionForm>
  );
}
