"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { safePath } from "#lib/auth/safe-path.ts";
import type { FormState } from "#lib/core/form-state.ts";
import { signIn } from "#lib/server/sign-in.ts";
import { submitForm } from "#lib/server/submit-form.ts";
import { visitorOf } from "#lib/server/visitor.ts";
import { setSignInCookie } from "../set-sign-in-cookie.ts";

const formSchema = z.object({
  email: z.string().trim().min(1, "Enter your e-mail address."),
  password: z.string().min(1, "Enter your password."),
  next: z.string().default("/"),
});

/** Signs in by e-mail and password, then goes to the page that was wanted. */
export async function signInAction(_: FormState, form: FormData): Promise<FormState> {
  let next = "/";
  const state = await submitForm(form, {
    schema: formSchema,
    fieldOf: { unauthenticated: "password" },
    work: async (input) => {
      await setSignInCookie(await signIn(input, visitorOf(await headers())));
      next = safePath(input.next);
      return null;
    },
  });
  if (state.status === "done") redirect(next);
  return state;
}
