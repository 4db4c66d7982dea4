"use server";

import { revalidatePath } from "next/cache";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { actionUser } from "#lib/auth/action-principal.ts";
import { sessionCookie } from "#lib/auth/session-cookie.ts";
import type { ActionResult } from "#lib/core/action-result.ts";
import { revokeSignIn } from "#lib/server/revoke-sign-in.ts";
import { runAction } from "#lib/server/run-action.ts";
import { signOutEverywhere } from "#lib/server/sign-out-everywhere.ts";

const idSchema = z.string().regex(/^ses_[0-9a-f]{32}$/);

/** Ends one of one's own sign-ins. */
export async function revokeSignInAction(id: string): Promise<ActionResult> {
  return runAction(async () => {
    await revokeSignIn(await actionUser(), idSchema.parse(id));
    revalidatePath("/o/[organization]/settings/sign-ins", "page");
  });
}

/** Ends all of one's sign-ins, this one too, and goes to the sign-in page. */
export async function signOutEverywhereAction(): Promise<ActionResult> {
  const result = await runAction(async () => {
    await signOutEverywhere(await actionUser());
    const { name, options } = sessionCookie();
    (await cookies()).set(name, "", { ...options, maxAge: 0 });
  });
  if (result === null) redirect("/sign-in");
  return result;
}
