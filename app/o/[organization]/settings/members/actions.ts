"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { actionPrincipal } from "#lib/auth/action-principal.ts";
import type { ActionResult } from "#lib/core/action-result.ts";
import type { FormState } from "#lib/core/form-state.ts";
import type { Principal } from "#lib/core/principal.ts";
import { roleSchema } from "#lib/core/role.ts";
import { changeRole } from "#lib/server/change-role.ts";
import { invitationSchema, inviteMember } from "#lib/server/invite-member.ts";
import { removeMember } from "#lib/server/remove-member.ts";
import { revokeInvitation } from "#lib/server/revoke-invitation.ts";
import { runAction } from "#lib/server/run-action.ts";
import { setOpenSignUp } from "#lib/server/set-open-sign-up.ts";
import { submitForm } from "#lib/server/submit-form.ts";

const idSchema = z.string().regex(/^[a-z]+_[0-9a-f]{32}$/);

async function change(
  organization: string,
  work: (principal: Principal) => Promise<void>,
): Promise<ActionResult> {
  return runAction(async () => {
    await work(await actionPrincipal(organization));
    revalidatePath("/o/[organization]/settings/members", "page");
  });
}

/** Invites; a done form's message is the secret of the link, shown once. */
export async function inviteMemberAction(
  organization: string,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  return submitForm(form, {
    schema: invitationSchema,
    work: async (input) => {
      const { secret } = await inviteMember(await actionPrincipal(organization), input);
      revalidatePath("/o/[organization]/settings/members", "page");
      return secret;
    },
  });
}

export async function revokeInvitationAction(organization: string, id: string): Promise<ActionResult> {
  return change(organization, (principal) => revokeInvitation(principal, idSchema.parse(id)));
}

export async function changeRoleAction(
  organization: string,
  userId: string,
  role: string,
): Promise<ActionResult> {
  return change(organization, (principal) =>
    changeRole(principal, idSchema.parse(userId), roleSchema.parse(role)),
  );
}

export async function removeMemberAction(organization: string, userId: string): Promise<ActionResult> {
  return change(organization, (principal) => removeMember(principal, idSchema.parse(userId)));
}

export async function setOpenSignUpAction(organization: string, isOpen: boolean): Promise<ActionResult> {
  return change(organization, (principal) => setOpenSignUp(principal, z.boolean().parse(isOpen)));
}
