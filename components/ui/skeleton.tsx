import { cn } from "./class-names.ts";

/** A grey bar in the shape of what comes; give it a width. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn("block h-2.5 rounded-sm bg-active", className)} />;
}

const WIDTHS = ["w-16", "w-20", "w-14"] as const;
const TEXT_WIDTHS = ["w-56", "w-40", "w-64", "w-48"] as const;

interface SkeletonRowsProps {
  rows: number;
  /** What is loading, for screen readers. */
  label: string;
  /** Two lines a row, as lists have on phones. */
  tall?: boolean;
  className?: string;
}

/** Rows of a table that is on its way; appears after 200 ms and has the rows' height, so nothing jumps. */
export function SkeletonRows({ rows, label, tall = false, className }: SkeletonRowsProps) {
  return (
    <div role="status" aria-label={label} className={cn("appear-late divide-y divide-line", className)}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={cn("flex items-center gap-6", tall ? "h-14" : "h-9 max-sm:h-14")}>
          <Skeleton className={WIDTHS[row % WIDTHS.length]} />
          <Skeleton className={cn("max-w-[45%]", TEXT_WIDTHS[row % TEXT_WIDTHS.length])} />
          <Skeleton className="ml-auto w-14" />
        </div>
      ))}
    </div>
  );
}
