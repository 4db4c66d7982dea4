import type { ReactNode } from "react";

interface SectionProps {
  title: string;
  /** A link or button at the right end of the title line. */
  action?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A titled part of a page. */
export function Section({ title, action, className, children }: SectionProps) {
  return (
    <section className={className} aria-label={title}>
      <div className="flex h-8 items-center gap-2">
        <h2 className="min-w-0 flex-1 truncate">{title}</h2>
        {action}
      </div>
      {children}
    </section>
  );
}
