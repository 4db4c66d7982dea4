"use client";

import { useMemo, useSyncExternalStore } from "react";

/** An address that this page makes for bytes it has, as that media type; null without bytes and until it is made. */
export function useObjectUrl(blob: Blob | null, mediaType: string): string | null {
  const store = useMemo(() => objectUrlStore(blob, mediaType), [blob, mediaType]);
  return useSyncExternalStore(store.subscribe, store.current, () => null);
}

/** The address exists while somebody is subscribed. */
function objectUrlStore(blob: Blob | null, mediaType: string) {
  let url: string | null = null;
  return {
    current: () => url,
    subscribe: (changed: () => void) => {
      if (blob === null) return () => undefined;
      const made = URL.createObjectURL(new Blob([blob], { type: mediaType }));
      url = made;
      changed();
      return () => {
        url = null;
        URL.revokeObjectURL(made);
      };
    },
  };
}
