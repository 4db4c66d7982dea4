"use client";

import { PanelLeft, Search } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "#components/ui/class-names.ts";
import { ApprovalBadge } from "./approval-badge.tsx";
import { KeyCaps } from "./key-caps.tsx";
import { isCurrent, NAVIGATION_GROUPS, type NavigationItem, pageHref, SETTINGS } from "./navigation.ts";
import { OrganizationMenu } from "./organization-menu.tsx";
import { railLabelStyle } from "./rail-label.ts";
import { useShell } from "./shell-context.ts";
import { UserMenu } from "./user-menu.tsx";

interface SidebarProps {
  onToggle: () => void;
}

const rowStyle =
  "group/row relative flex h-7 items-center justify-center gap-2 rounded-md font-[450] text-fg-2 hover:bg-hover full:justify-start full:px-2 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-fg-3";

function NavigationLink({ item }: { item: NavigationItem }) {
  const { organization } = useShell();
  const current = isCurrent(usePathname(), organization.slug, item);
  const Icon = item.icon;
  return (
    <Link
      href={pageHref(organization.slug, item.path)}
      aria-current={current ? "page" : undefined}
      className={cn(rowStyle, current && "bg-active font-medium text-fg hover:bg-active [&_svg]:text-fg")}
    >
      <Icon aria-hidden strokeWidth={1.75} />
      <span className={railLabelStyle}>{item.label}</span>
      {item.badge === true ? <ApprovalBadge rail /> : null}
    </Link>
  );
}

/** Pages on the left: 232 px, or a rail of icons when it is folded or the screen is narrow; none on phones. */
export function Sidebar({ onToggle }: SidebarProps) {
  const { openPalette } = useShell();
  return (
    <aside className="hidden w-13 shrink-0 flex-col border-r border-line bg-sunken px-2 sm:flex full:w-58">
      <OrganizationMenu />
      <button
        type="button"
        onClick={openPalette}
        className="group/row relative mb-2 flex h-7.5 shrink-0 items-center justify-center gap-2 rounded-md text-fg-3 hover:bg-hover full:justify-start full:border full:border-line-2 full:bg-bg full:pr-1.5 full:pl-2"
      >
        <Search aria-hidden strokeWidth={1.75} className="size-4 shrink-0" />
        <span className={cn(railLabelStyle, "text-left")}>Search or jump to</span>
        <span className="hidden full:inline">
          <KeyCaps keys="mod+k" />
        </span>
      </button>
      <nav aria-label="Pages" className="min-h-0 flex-1 full:overflow-y-auto">
        {NAVIGATION_GROUPS.map((group) => (
          <div key={group.title ?? "main"}>
            {group.title === null ? null : (
              <>
                <p className="hidden px-2 pt-4 pb-1 text-xs font-medium text-fg-3 full:block">
                  {group.title}
                </p>
                <hr className="mx-1.5 my-2 border-line full:hidden" />
              </>
            )}
            <ul className="flex flex-col gap-px">
              {group.items.map((item) => (
                <li key={item.label}>
                  <NavigationLink item={item} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className="flex flex-col gap-px pb-2">
        <NavigationLink item={SETTINGS} />
        <button type="button" onClick={onToggle} className={cn(rowStyle, "hidden xl:flex")}>
          <PanelLeft aria-hidden strokeWidth={1.75} />
          <span className={railLabelStyle}>
            <span className="hidden full:inline">Fold the sidebar</span>
            <span className="full:hidden">Unfold the sidebar</span>
          </span>
        </button>
      </div>
      <UserMenu />
    </aside>
  );
}
