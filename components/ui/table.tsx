import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names.ts";

/** A table with fixed column widths: give each Th a width class, one of them none. */
export function Table({ className, ...rest }: ComponentProps<"table">) {
  return <table className={cn("w-full table-fixed border-collapse", className)} {...rest} />;
}

interface ThProps extends ComponentProps<"th"> {
  /** Numbers stand right. */
  numeric?: boolean;
  /** Makes the head a link that sorts; the URL is the state. */
  sort?: { href: string; direction: "asc" | "desc" | null };
}

/** A column's head. */
export function Th({ numeric = false, sort, className, children, ...rest }: ThProps) {
  const Arrow = sort?.direction === "asc" ? ArrowUp : ArrowDown;
  const order =
    sort?.direction === "asc" ? "ascending" : sort?.direction === "desc" ? "descending" : undefined;
  return (
    <th
      scope="col"
      aria-sort={order}
      className={cn(
        "h-8 border-b border-line pr-3 text-sm font-normal whitespace-nowrap text-fg-3 last:pr-0",
        numeric ? "text-right" : "text-left",
        className,
      )}
      {...rest}
    >
      {sort === undefined ? (
        children
      ) : (
        <Link
          href={sort.href}
          scroll={false}
          className={cn(
            "inline-flex items-center gap-1 rounded-sm hover:text-fg",
            sort.direction !== null && "text-fg",
          )}
        >
          {children}
          {sort.direction === null ? null : <Arrow aria-hidden className="size-3" />}
        </Link>
      )}
    </th>
  );
}

/** A row; with a RowLink in its first cell all of it is the link's target. */
export function Tr({ className, ...rest }: ComponentProps<"tr">) {
  return (
    <tr
      className={cn(
        "relative [&:has(a[data-row]:focus-visible)]:bg-active [&:has(a[data-row]:hover)]:bg-hover [&:last-child>td]:border-b-0",
        className,
      )}
      {...rest}
    />
  );
}

interface TdProps extends ComponentProps<"td"> {
  numeric?: boolean;
}

/** A cell. */
export function Td({ numeric = false, className, ...rest }: TdProps) {
  return (
    <td
      className={cn(
        "h-9 truncate border-b border-line pr-3 text-fg-2 last:pr-0",
        numeric && "text-right tabular-nums",
        className,
      )}
      {...rest}
    />
  );
}

interface RowLinkProps {
  href: string;
  className?: string;
  children: ReactNode;
}

/** The link of a row or list item: its target covers the nearest positioned ancestor. */
export function RowLink({ href, className, children }: RowLinkProps) {
  return (
    <Link
      href={href}
      data-row
      className={cn(
        "font-[450] text-fg outline-none after:absolute after:inset-0 focus-visible:after:rounded-md focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring",
        className,
      )}
    >
      {children}
    </Link>
  );
}
