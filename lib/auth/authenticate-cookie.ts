import { AppError } from "#lib/core/app-error.ts";
import type { Principal } from "#lib/core/principal.ts";
import { environment } from "#lib/env.ts";
import { isSameOrigin } from "./is-same-origin.ts";
import { liveSignIn } from "./live-sign-in.ts";
import { memberPrincipal } from "./member-principal.ts";

/** The header by which a console call names its organization (its slug). */
const ORGANIZATION_HEADER = "x-gatehouse-organization";

/**
 * Turns a console's sign-in cookie into a principal of the organization that the request names. Throws AppError
 * `unauthenticated` (signed out, revoked, expired), `forbidden` (another site's page, no member), `bad_request`.
 */
export async function authenticateCookie(request: Request, cookieValue: string): Promise<Principal> {
  if (!isSameOrigin(request, environment().GATEHOUSE_URL)) {
    throw new AppError(
      "forbidden",
      "The console's cookie counts on its own pages only. From elsewhere, send a token in the Authorization header.",
    );
  }
  const signIn = await liveSignIn(cookieValue);
  if (signIn === null) {
    throw new AppError("unauthenticated", "You are signed out. Sign in again.");
  }
  const slug = request.headers.get(ORGANIZATION_HEADER);
  if (slug === null || slug === "") {
    throw new AppError("bad_request", `Name the organization in the header ${ORGANIZATION_HEADER}.`);
  }
  const principal = await memberPrincipal(signIn.userId, slug);
  if (principal === null) throw new AppError("forbidden", "You are not a member of this organization.");
  return principal;
}
