import { redirect } from "next/navigation";
import { currentUser } from "#lib/auth/current-principal.ts";

/** The way in: to one's organization, or to the sign-in page. */
export default async function RootPage() {
  const user = await currentUser();
  const first = user?.memberships[0];
  redirect(first === undefined ? "/sign-in" : `/o/${encodeURIComponent(first.organizationSlug)}`);
}
