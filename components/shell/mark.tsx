import { cn } from "#components/ui/class-names.ts";

/** The gate: our sign. */
export function Mark({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={cn(
        "grid size-5 shrink-0 place-items-center rounded-[5px] bg-accent text-accent-fg",
        className,
      )}
    >
      <svg viewBox="0 0 16 16" className="size-3.5 fill-current" role="presentation">
        <path d="M2 3h3v1.5h1.5V3h3v1.5H11V3h3v10.5h-3.5V10a2.5 2.5 0 0 0-5 0v3.5H2z" />
      </svg>
    </span>
  );
}
