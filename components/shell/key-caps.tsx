"use client";

import { Kbd } from "#components/ui/kbd.tsx";
import { keyCaps } from "./shortcut-keys.ts";
import { useApple } from "./use-apple.ts";

/** Draws a shortcut's keys: `mod+k` as ⌘ K or Ctrl K. */
export function KeyCaps({ keys, className }: { keys: string; className?: string }) {
  const apple = useApple();
  return (
    <span aria-hidden className="inline-flex gap-1">
      {keyCaps(keys, apple).map((cap, index) => (
        <Kbd key={`${cap}-${index}`} className={className}>
          {cap}
        </Kbd>
      ))}
    </span>
  );
}
