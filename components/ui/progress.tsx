import { Progress as ProgressPrimitive } from "radix-ui";
import { cn } from "./class-names.ts";

interface ProgressProps {
  /** What is under way, for screen readers. */
  label: string;
  /** 0 to 1, or null while the end is not known. */
  value: number | null;
  className?: string;
}

/** A thin bar of progress. */
export function Progress({ label, value, className }: ProgressProps) {
  const percent = value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <ProgressPrimitive.Root
      aria-label={label}
      value={percent}
      className={cn("h-1 w-full overflow-hidden rounded-full bg-active", className)}
    >
      <ProgressPrimitive.Indicator
        className={cn(
          "h-full rounded-full bg-accent transition-[width]",
          percent === null && "animate-pulse",
        )}
        style={{ width: percent === null ? "100%" : `${percent}%` }}
      />
    </ProgressPrimitive.Root>
  );
}
