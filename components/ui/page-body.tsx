import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

/** The scrolling part of a page below its PageHeader. Its tables are dimmed while a search is under way. */
export function PageBody({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div
      className={cn(
        "relative min-h-0 flex-1 overflow-y-auto px-4 py-5 sm:px-6 [&_table]:transition-opacity [&:has([role=search][aria-busy=true])_table]:opacity-60",
        className,
      )}
    >
      {children}
    </div>
  );
}
