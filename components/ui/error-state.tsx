import { OctagonX } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

interface ErrorStateProps {
  /** What happened: "The helpdesk server did not answer". */
  title: string;
  /** Its effect and the next step. */
  children?: ReactNode;
  /** "Try again", "Update key". */
  action?: ReactNode;
  className?: string;
}

/** Stands in place of what failed; the rest of the page lives. */
export function ErrorState({ title, children, action, className }: ErrorStateProps) {
  return (
    <div
      role="alert"
      className={cn(
        "flex flex-wrap items-start gap-x-2.5 gap-y-2 rounded-lg border border-failed-line bg-failed-soft px-3.5 py-3",
        className,
      )}
    >
      <OctagonX aria-hidden className="mt-0.5 size-4 shrink-0 text-failed" />
      <div className="min-w-0 flex-1">
        <p className="font-semibold">{title}</p>
        {children === undefined ? null : <div className="text-fg-2 [overflow-wrap:anywhere]">{children}</div>}
      </div>
      {action === undefined ? null : <div className="self-center max-sm:w-full max-sm:pl-6.5">{action}</div>}
    </div>
  );
}
