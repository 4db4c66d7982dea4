import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Breadcrumbs } from "./breadcrumbs.tsx";

interface PageHeaderProps {
  /** From the outermost to this page; the last has no href. */
  crumbs: readonly { label: ReactNode; href?: string }[];
  /** Chips behind the last part. */
  badge?: ReactNode;
  /** Buttons at the right; at most one is primary. */
  actions?: ReactNode;
}

/** The top bar of a page: where one is at the left, what one can do at the right; on phones with a way back. */
export function PageHeader({ crumbs, badge, actions }: PageHeaderProps) {
  const back = crumbs.findLast((crumb) => crumb.href !== undefined)?.href;
  return (
    <header className="flex h-13 shrink-0 items-center gap-2 border-b border-line pr-2 pl-4 sm:h-12 sm:pr-4 sm:pl-6">
      {back === undefined ? null : (
        <Link
          href={back}
          aria-label="Back"
          className="-ml-3 grid size-11 shrink-0 place-items-center text-fg-3 sm:hidden"
        >
          <ChevronLeft aria-hidden className="size-5" />
        </Link>
      )}
      <Breadcrumbs items={crumbs} />
      {badge}
      <div className="ml-auto flex shrink-0 items-center gap-2">{actions}</div>
    </header>
  );
}
