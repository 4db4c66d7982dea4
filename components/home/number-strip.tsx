import type { ReactNode } from "react";
import { cn } from "#components/ui/class-names.ts";

interface NumberStripProps {
  numbers: readonly { label: string; value: string; aside?: ReactNode }[];
}

/** A row of numbers across the page; on phones the first three in one row, the rest below. */
export function NumberStrip({ numbers }: NumberStripProps) {
  return (
    <dl className="-mx-4 grid grid-cols-3 border-y border-line sm:-mx-6 sm:flex">
      {numbers.map((number, index) => (
        <div
          key={number.label}
          className={cn(
            "min-w-0 flex-1 border-line px-4 py-3 sm:px-6",
            index % 3 !== 0 && "max-sm:border-l",
            index >= 3 && "max-sm:border-t",
            index > 0 && "sm:border-l",
          )}
        >
          <dt className="truncate text-sm text-fg-3">{number.label}</dt>
          <dd className="flex flex-wrap items-baseline gap-x-2 text-xl font-[550] tracking-[-0.02em] tabular-nums">
            {number.value}
            {number.aside === undefined ? null : (
              <span className="text-sm font-normal tracking-normal text-fg-3">{number.aside}</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
