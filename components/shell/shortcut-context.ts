"use client";

import { createContext, useContext, useEffect, useRef } from "react";

export interface Shortcut {
  /** "c", "?", "g h" (one after the other), "mod+k" (Cmd or Ctrl). */
  keys: string;
  /** What it does, for the sheet of keys. */
  label: string;
  /** The heading it stands under. */
  group: "Go to" | "Do" | "On this page";
  run: () => void;
}

export interface ShortcutRegistry {
  register: (shortcut: Shortcut) => () => void;
}

export const ShortcutContext = createContext<ShortcutRegistry | null>(null);

/**
 * Makes keys work while the component is on the page, and lists them in the sheet under `?`.
 * Single keys rest while somebody types or a dialog is open. `null` switches the shortcut off.
 */
export function useShortcut(shortcut: Shortcut | null): void {
  const registry = useContext(ShortcutContext);
  const latest = useRef(shortcut);
  useEffect(() => {
    latest.current = shortcut;
  });
  const keys = shortcut?.keys;
  const label = shortcut?.label;
  const group = shortcut?.group;
  useEffect(() => {
    if (registry === null || keys === undefined || label === undefined || group === undefined) return;
    return registry.register({ keys, label, group, run: () => latest.current?.run() });
  }, [registry, keys, label, group]);
}
