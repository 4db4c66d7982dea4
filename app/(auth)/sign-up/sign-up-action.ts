"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { needsSetupCode } from "#lib/auth/needs-setup-code.ts";
import type { FormState } from "#lib/core/form-state.ts";
import { signUp, signUpSchema } from "#lib/server/sign-up.ts";
import { signUpState } from "#lib/server/sign-up-state.ts";
import { submitForm } from "#lib/server/submit-form.ts";
import { visitorOf } from "#lib/server/visitor.ts";
import { setSignInCookie } from "../set-sign-in-cookie.ts";

/** Makes an account, signs it in and goes to its organization. */
export async function signUpAction(_: FormState, form: FormData): Promise<FormState> {
  const requestHeaders = await headers();
  const isFirst = (await signUpState()) === "first";
  let organization = "";
  const state = await submitForm(form, {
    schema: signUpSchema,
    fieldOf: isFirst ? { forbidden: "setupCode", conflict: "email" } : { conflict: "email" },
    work: async (input) => {
      const setupCodeNeeded = needsSetupCode(requestHeaders);
      const made = await signUp(input, { ...visitorOf(requestHeaders), setupCodeNeeded });
      await setSignInCookie(made.cookie);
      organization = made.organizationSlug;
      return null;
    },
  });
  if (state.status === "done") redirect(`/o/${organization}`);
  return state;
}
