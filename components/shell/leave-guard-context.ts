"use client";

import { createContext, useContext, useEffect } from "react";

export interface LeaveGuard {
  /** Switches the question on; returns how to switch it off. */
  hold: () => () => void;
  /** Goes to a page of the console, after asking when something is unsaved. */
  go: (href: string) => void;
}

export const LeaveGuardContext = createContext<LeaveGuard | null>(null);

/** Asks before the page is left while `unsaved` is true: by link, key, palette, Back, Forward, reload or closed tab. */
export function useLeaveGuard(unsaved: boolean): void {
  const guard = useContext(LeaveGuardContext);
  useEffect(() => (unsaved && guard !== null ? guard.hold() : undefined), [unsaved, guard]);
}

/** Goes to another page of the console, as a link would. */
export function useGo(): (href: string) => void {
  const guard = useContext(LeaveGuardContext);
  if (guard === null) throw new Error("useGo needs the console's shell above it.");
  return guard.go;
}
