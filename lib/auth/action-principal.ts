import { AppError } from "#lib/core/app-error.ts";
import type { Principal } from "#lib/core/principal.ts";
import { type CurrentUser, currentPrincipal, currentUser } from "./current-principal.ts";

/** The signed-in user for a server action. Throws `unauthenticated` when the sign-in has ended meanwhile. */
export async function actionUser(): Promise<CurrentUser> {
  const user = await currentUser();
  if (user === null) throw new AppError("unauthenticated", "Your sign-in has ended. Sign in again.");
  return user;
}

/** The same as a principal of an organization. Throws `forbidden` for somebody who is no member. */
export async function actionPrincipal(organizationSlug: string): Promise<Principal> {
  await actionUser();
  const principal = await currentPrincipal(organizationSlug);
  if (principal === null) throw new AppError("forbidden", "You are not a member of this organization.");
  return principal;
}
