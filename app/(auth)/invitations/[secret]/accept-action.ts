"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { currentUser } from "#lib/auth/current-principal.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { FormState } from "#lib/core/form-state.ts";
import { acceptInvitation } from "#lib/server/accept-invitation.ts";
import { submitForm } from "#lib/server/submit-form.ts";

const formSchema = z.object({ invitationSecret: z.string().max(200) });

/** Makes the signed-in user a member and goes to the organization. */
export async function acceptInvitationAction(_: FormState, form: FormData): Promise<FormState> {
  let organization = "";
  const state = await submitForm(form, {
    schema: formSchema,
    work: async ({ invitationSecret }) => {
      const user = await currentUser();
      if (user === null) throw new AppError("unauthenticated", "You are signed out. Sign in again.");
      organization = (await acceptInvitation(user, invitationSecret)).organizationSlug;
      return null;
    },
  });
  if (state.status === "done") redirect(`/o/${organization}`);
  return state;
}
