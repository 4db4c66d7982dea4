import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

/** One key, as `K` or `⌘`. Hidden on phones, which have none. */
export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <kbd
      className={cn(
        "hidden h-4.5 min-w-4.5 items-center justify-center rounded-sm border border-line-2 bg-bg px-1 font-sans text-xs font-medium text-fg-3 sm:inline-flex [button_&]:border-current/35 [button_&]:bg-transparent [button_&]:text-inherit [a[data-button]_&]:border-current/35 [a[data-button]_&]:bg-transparent [a[data-button]_&]:text-inherit",
        className,
      )}
    >
      {children}
    </kbd>
  );
}
