import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

interface EmptyStateProps {
  /** "No schedules yet". */
  title: string;
  /** What the thing is, in a sentence. */
  children?: ReactNode;
  /** One button and at most one link. */
  actions?: ReactNode;
  className?: string;
}

/** Stands where a list would be: what it is and what to do next. */
export function EmptyState({ title, children, actions, className }: EmptyStateProps) {
  return (
    <div className={cn("rounded-lg border border-dashed border-line-2 p-5", className)}>
      <p className="font-semibold">{title}</p>
      {children === undefined ? null : <div className="max-w-[68ch] text-fg-2">{children}</div>}
      {actions === undefined ? null : <div className="mt-3 flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}
