import type { ReactNode } from "react";

/** A mark and what it stands beside; a phone has no room for the gutter. */
export const TURN_GRID = "group grid grid-cols-1 gap-x-2.5 sm:grid-cols-[24px_minmax(0,1fr)]";

/** The small square that tells who speaks. */
export function TurnMark({ children }: { children: ReactNode }) {
  return (
    <span className="hidden size-6 place-items-center rounded-md border border-line bg-sunken text-fg-2 sm:grid">
      {children}
    </span>
  );
}
