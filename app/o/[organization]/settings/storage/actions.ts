"use server";

import { revalidatePath } from "next/cache";
import { actionPrincipal } from "#lib/auth/action-principal.ts";
import type { FormState } from "#lib/core/form-state.ts";
import { runRetentionSchema, setRunRetention } from "#lib/server/set-run-retention.ts";
import { submitForm } from "#lib/server/submit-form.ts";

/** Says after how many days ended runs are deleted. */
export async function setRunRetentionAction(
  organization: string,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  return submitForm(form, {
    schema: runRetentionSchema,
    work: async ({ days }) => {
      await setRunRetention(await actionPrincipal(organization), days);
      revalidatePath("/o/[organization]/settings/storage", "page");
      return "Saved.";
    },
  });
}
