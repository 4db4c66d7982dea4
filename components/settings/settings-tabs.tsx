"use client";

import { usePathname } from "next/navigation";
import { pageHref } from "#components/shell/navigation.ts";
import { TabLinks } from "#components/ui/tab-links.tsx";

const TABS = [
  { label: "Members", path: "/settings/members" },
  { label: "Approval policies", path: "/settings/approval-policies" },
  { label: "Budgets", path: "/settings/budgets" },
  { label: "Storage", path: "/settings/storage" },
  { label: "Sign-ins", path: "/settings/sign-ins" },
  { label: "Profile", path: "/settings/profile" },
] as const;

/** The pages of the settings: the organization's first, then one's own. */
export function SettingsTabs({ organization }: { organization: string }) {
  const pathname = usePathname();
  const items = TABS.map(({ label, path }) => {
    const href = pageHref(organization, path);
    return { label, href, current: pathname === href || pathname.startsWith(`${href}/`) };
  });
  return <TabLinks label="Settings" items={items} />;
}
