import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { ConsoleShell } from "#components/shell/console-shell.tsx";
import { SIDEBAR_COOKIE } from "#components/shell/sidebar-cookie.ts";
import { currentUser, requirePrincipal } from "#lib/auth/current-principal.ts";

interface OrganizationLayoutProps {
  params: Promise<{ organization: string }>;
  children: ReactNode;
}

/** The console's frame; strangers to the organization get no further. */
export default async function OrganizationLayout({ params, children }: OrganizationLayoutProps) {
  const { organization: slug } = await params;
  const [principal, user, jar] = await Promise.all([requirePrincipal(slug), currentUser(), cookies()]);
  const organizations = (user?.memberships ?? []).map((membership) => ({
    slug: membership.organizationSlug,
    name: membership.organizationName,
  }));
  return (
    <ConsoleShell
      organization={organizations.find((each) => each.slug === slug) ?? { slug, name: slug }}
      organizations={organizations}
      user={{ name: user?.name ?? "", email: user?.email ?? "", role: principal.role ?? "member" }}
      folded={jar.get(SIDEBAR_COOKIE)?.value === "folded"}
    >
      {children}
    </ConsoleShell>
  );
}
