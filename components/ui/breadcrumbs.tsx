import { ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

interface BreadcrumbsProps {
  /** From the outermost to this page; the last has no href. */
  items: readonly { label: ReactNode; href?: string }[];
}

/** Where one is. On phones only the last part shows. */
export function Breadcrumbs({ items }: BreadcrumbsProps) {
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1.5">
        {items.map((item, index) => {
          const last = index === items.length - 1;
          return (
            <li
              key={index}
              className={
                last
                  ? "flex min-w-0 items-center font-medium max-sm:text-[15px] max-sm:font-semibold"
                  : "flex shrink-0 items-center gap-1.5 text-fg-3 max-sm:hidden"
              }
            >
              {item.href === undefined ? (
                <span aria-current={last ? "page" : undefined} className="truncate">
                  {item.label}
                </span>
              ) : (
                <Link href={item.href} className="max-w-40 truncate rounded-sm md:max-w-60 hover:text-fg">
                  {item.label}
                </Link>
              )}
              {last ? null : <ChevronRight aria-hidden className="size-3.5 opacity-70" />}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
