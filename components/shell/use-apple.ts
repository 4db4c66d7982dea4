"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** True on machines whose command key is ⌘; false on the server and until the page is live. */
export function useApple(): boolean {
  return useSyncExternalStore(
    never,
    () => /Mac|iPhone|iPad/.test(navigator.platform),
    () => false,
  );
}
