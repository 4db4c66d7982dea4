"use client";

import { useSyncExternalStore } from "react";

const STORAGE_KEY = "gatehouse.single-keys";
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function store(enabled: boolean): void {
  localStorage.setItem(STORAGE_KEY, enabled ? "on" : "off");
  for (const listener of listeners) listener();
}

/** Whether shortcuts of one key are on (they are unless switched off in this browser), and the switch. */
export function useSingleKeys(): [boolean, (enabled: boolean) => void] {
  const enabled = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(STORAGE_KEY) !== "off",
    () => true,
  );
  return [enabled, store];
}
