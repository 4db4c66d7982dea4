"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { currentUser } from "#lib/auth/current-principal.ts";
import { sessionCookie } from "#lib/auth/session-cookie.ts";
import type { FormState } from "#lib/core/form-state.ts";
import { revokeSignIn } from "#lib/server/revoke-sign-in.ts";
import { submitForm } from "#lib/server/submit-form.ts";

/** Ends this browser's sign-in and goes to the sign-in page. */
export async function signOutAction(_: FormState, form: FormData): Promise<FormState> {
  const state = await submitForm(form, {
    schema: z.object({}),
    work: async () => {
      const user = await currentUser();
      if (user !== null) await revokeSignIn(user, user.authSessionId);
      const { name, options } = sessionCookie();
      (await cookies()).set(name, "", { ...options, maxAge: 0 });
      return null;
    },
  });
  if (state.status === "done") redirect("/sign-in");
  return state;
}
