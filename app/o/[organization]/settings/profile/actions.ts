"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { actionUser } from "#lib/auth/action-principal.ts";
import { personNameSchema } from "#lib/core/account.ts";
import type { FormState } from "#lib/core/form-state.ts";
import { changePassword, passwordChangeSchema } from "#lib/server/change-password.ts";
import { renameUser } from "#lib/server/rename-user.ts";
import { submitForm } from "#lib/server/submit-form.ts";

/** Changes one's own name. */
export async function renameAction(_: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, {
    schema: z.object({ name: personNameSchema }),
    work: async ({ name }) => {
      await renameUser(await actionUser(), name);
      revalidatePath("/o/[organization]", "layout");
      return "Saved.";
    },
  });
}

/** Changes one's own password. */
export async function changePasswordAction(_: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, {
    schema: passwordChangeSchema,
    fieldOf: { forbidden: "currentPassword" },
    work: async (change) => {
      await changePassword(await actionUser(), change);
      return "Your password is changed. Other devices are signed out.";
    },
  });
}
