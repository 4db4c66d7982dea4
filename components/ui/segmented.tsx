"use client";

import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

interface SegmentedProps<T extends string> {
  /** Names the group for screen readers. */
  label: string;
  value: T;
  onValueChange: (value: T) => void;
  options: readonly { value: T; label: ReactNode; title?: string }[];
  className?: string;
}

/** Two to four choices side by side. */
export function Segmented<T extends string>({
  label,
  value,
  onValueChange,
  options,
  className,
}: SegmentedProps<T>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const picked = options.find((option) => option.value === next);
        if (picked !== undefined) onValueChange(picked.value);
      }}
      className={cn(
        "inline-flex shrink-0 gap-0.5 rounded-md border border-line-2 bg-sunken p-0.5",
        className,
      )}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          title={option.title}
          className="flex h-9 items-center gap-1.5 rounded-sm px-2 text-fg-2 hover:text-fg data-[state=on]:bg-raised data-[state=on]:font-medium data-[state=on]:text-fg data-[state=on]:ring-1 data-[state=on]:ring-line-2 sm:h-6"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
