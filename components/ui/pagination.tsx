import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { buttonStyle } from "./button.tsx";
import { cn } from "./class-names.ts";

interface PaginationProps {
  /** From 1. */
  page: number;
  pageSize: number;
  total: number;
  hrefOf: (page: number) => string;
}

/** "21-40 of 214" with links to the page before and after. */
export function Pagination({ page, pageSize, total, hrefOf }: PaginationProps) {
  if (total === 0) return null;
  const first = (page - 1) * pageSize + 1;
  const last = Math.min(page * pageSize, total);
  const links = [
    { label: "Previous page", icon: ChevronLeft, target: page - 1, enabled: page > 1 },
    { label: "Next page", icon: ChevronRight, target: page + 1, enabled: last < total },
  ];
  return (
    <nav
      aria-label="Pages of the list"
      className="flex items-center justify-end gap-2 text-fg-3 tabular-nums"
    >
      <span className="mr-1">
        {first}-{last} of {total.toLocaleString("en-GB")}
      </span>
      {links.map(({ label, icon: Icon, target, enabled }) => {
        const classes = cn(buttonStyle({ size: "md" }), "w-10 px-0 sm:w-7.5 sm:px-0");
        return enabled ? (
          <Link key={label} href={hrefOf(target)} aria-label={label} className={classes}>
            <Icon aria-hidden />
          </Link>
        ) : (
          <span key={label} aria-hidden className={cn(classes, "opacity-40 shadow-none")}>
            <Icon />
          </span>
        );
      })}
    </nav>
  );
}
