import Link from "next/link";
import { cn } from "./class-names.ts";

interface TabLinksProps {
  /** Names the group for screen readers. */
  label: string;
  items: readonly { href: string; label: string; current: boolean; count?: number }[];
}

/** Tabs of a page; each is a link, so that the URL says which one is open. */
export function TabLinks({ label, items }: TabLinksProps) {
  return (
    <nav aria-label={label} className="flex shrink-0 gap-5 overflow-x-auto border-b border-line px-4 sm:px-6">
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          scroll={false}
          aria-current={item.current ? "page" : undefined}
          className={cn(
            "-mb-px flex h-11 items-center gap-1.5 border-b-2 whitespace-nowrap sm:h-10",
            item.current ? "border-accent font-medium text-fg" : "border-transparent text-fg-3 hover:text-fg",
          )}
        >
          {item.label}
          {item.count === undefined ? null : (
            <span className="font-normal tabular-nums text-fg-3">{item.count}</span>
          )}
        </Link>
      ))}
    </nav>
  );
}
