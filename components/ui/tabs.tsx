"use client";

import { Tabs as TabsPrimitive } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

interface TabItem {
  value: string;
  label: string;
  /** A quiet number behind the label. */
  count?: number;
  content: ReactNode;
}

interface TabsProps {
  /** Names the group for screen readers. */
  label: string;
  value: string;
  onValueChange: (value: string) => void;
  items: readonly TabItem[];
  className?: string;
}

/** Tabs inside a panel. Tabs of a page are links: see TabLinks. */
export function Tabs({ label, value, onValueChange, items, className }: TabsProps) {
  return (
    <TabsPrimitive.Root value={value} onValueChange={onValueChange} className={className}>
      <TabsPrimitive.List aria-label={label} className="flex gap-5 overflow-x-auto border-b border-line">
        {items.map((item) => (
          <TabsPrimitive.Trigger
            key={item.value}
            value={item.value}
            className={cn(
              "-mb-px flex h-11 items-center gap-1.5 border-b-2 border-transparent whitespace-nowrap text-fg-3 sm:h-10",
              "hover:text-fg data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-fg",
            )}
          >
            {item.label}
            {item.count === undefined ? null : (
              <span className="font-normal tabular-nums text-fg-3">{item.count}</span>
            )}
          </TabsPrimitive.Trigger>
        ))}
      </TabsPrimitive.List>
      {items.map((item) => (
        <TabsPrimitive.Content key={item.value} value={item.value} className="outline-offset-4">
          {item.content}
        </TabsPrimitive.Content>
      ))}
    </TabsPrimitive.Root>
  );
}
