"use client";

import { Menu } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { cn } from "#components/ui/class-names.ts";
import { ApprovalBadge } from "./approval-badge.tsx";
import { MoreSheet } from "./more-sheet.tsx";
import { isCurrent, MORE, pageHref, TAB_BAR } from "./navigation.ts";
import { useShell } from "./shell-context.ts";

const tabStyle =
  "relative flex h-14 flex-col items-center justify-center gap-0.5 text-xs outline-offset-[-2px] [&_svg]:size-5";

/** The phone's way around: four pages and More, at the thumb. */
export function TabBar() {
  const { organization } = useShell();
  const pathname = usePathname();
  const [more, setMore] = useState(false);
  const inMore = MORE.some((item) => isCurrent(pathname, organization.slug, item));
  return (
    <nav
      aria-label="Pages"
      className="grid shrink-0 grid-cols-5 border-t border-line bg-bg pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      {TAB_BAR.map((item) => {
        const Icon = item.icon;
        const current = isCurrent(pathname, organization.slug, item);
        return (
          <Link
            key={item.label}
            href={pageHref(organization.slug, item.path)}
            aria-current={current ? "page" : undefined}
            className={cn(tabStyle, current ? "font-medium text-accent-text" : "text-fg-3")}
          >
            <Icon aria-hidden strokeWidth={1.75} />
            {item.label}
            {item.badge === true ? <ApprovalBadge className="absolute top-1 left-1/2 ml-1" /> : null}
          </Link>
        );
      })}
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setMore(true)}
        className={cn(tabStyle, inMore ? "font-medium text-accent-text" : "text-fg-3")}
      >
        <Menu aria-hidden strokeWidth={1.75} />
        More
      </button>
      <MoreSheet open={more} onOpenChange={setMore} />
    </nav>
  );
}
