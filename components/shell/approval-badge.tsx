"use client";

import { cn } from "#components/ui/class-names.ts";
import { useApprovalCount } from "./approval-count-context.ts";

/** How many approvals wait, in amber; a dot where there is no room for a number. Nothing for none. */
export function ApprovalBadge({ rail = false, className }: { rail?: boolean; className?: string }) {
  const { count } = useApprovalCount();
  if (count === null || count === 0) return null;
  return (
    <>
      {rail ? (
        <span aria-hidden className="absolute top-1 right-2 size-1.5 rounded-full bg-needs full:hidden" />
      ) : null}
      <span
        className={cn(
          "h-4.5 min-w-4.5 items-center justify-center rounded-sm bg-needs-soft px-1 text-xs font-medium text-needs-text ring-1 ring-needs-line tabular-nums ring-inset",
          rail ? "ml-auto hidden full:inline-flex" : "inline-flex",
          className,
        )}
      >
        {count > 99 ? "99+" : count}
        <span className="sr-only"> waiting</span>
      </span>
    </>
  );
}
