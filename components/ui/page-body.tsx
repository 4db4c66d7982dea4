import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

/** The scrolling part of a page below its PageHeader. */
export function PageBody({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div className={cn("relative min-h-0 flex-1 overflow-y-auto px-4 py-5 sm:px-6", className)}>
      {children}
    </div>
  );
}
