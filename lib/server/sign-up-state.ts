import { findFirstOrganization } from "#lib/db/organizations.ts";
import { getSettings } from "#lib/db/settings.ts";
import { hasUsers } from "#lib/db/users.ts";

/** Who may make an account without an invitation: the first person, anybody, or nobody. */
export type SignUpState = "first" | "open" | "closed";

/** Tells whether and how a visitor may make an account now. */
export async function signUpState(): Promise<SignUpState> {
  if (!(await hasUsers())) return "first";
  const organization = await findFirstOrganization();
  if (organization === null) return "closed";
  const settings = await getSettings({ organizationId: organization.id });
  return settings.open_sign_up ? "open" : "closed";
}
