"use client";

import { useEffect, useMemo, useRef } from "react";
import { entryIndex } from "./entry-index.ts";
import { setGatekeeper } from "./popstate-gate.ts";

interface HeldEntry {
  index: number | null;
  href: string;
  state: unknown;
}

interface HeldHistory {
  /** Keeps the current page, as it stands in history, from being left by Back and Forward. */
  hold: () => void;
  release: () => void;
  /** Goes where Back or Forward would have gone. */
  leave: (steps: number) => void;
}

/**
 * Takes Back and Forward back while a page is held, and says so with the number of steps they went. The browser tells
 * of them only when its address has changed already: it is sent back before the router hears of it, so the page stays
 * as it is. A browser that does not say where it stands in its history gets the page's address anew on top of it.
 */
export function useHeldHistory(onAttempt: (steps: number) => void): HeldHistory {
  const held = useRef<HeldEntry | null>(null);
  const attempt = useRef(onAttempt);
  useEffect(() => {
    attempt.current = onAttempt;
  });

  useEffect(() => {
    function onPopState(event: PopStateEvent) {
      const entry = held.current;
      if (entry === null) return;
      const index = entryIndex();
      if (samePage(entry.href, location.href)) {
        // It was sent back, which is nobody else's business; or it went to another anchor of the page.
        if (index === entry.index) event.stopImmediatePropagation();
        held.current = currentEntry();
        return;
      }
      event.stopImmediatePropagation();
      if (index === null || entry.index === null) {
        window.history.pushState(entry.state, "", entry.href);
        attempt.current(-1);
      } else {
        const steps = index - entry.index;
        window.history.go(-steps);
        attempt.current(steps);
      }
    }
    setGatekeeper(onPopState);
    return () => setGatekeeper(null);
  }, []);

  return useMemo(
    () => ({
      hold: () => {
        held.current = currentEntry();
      },
      release: () => {
        held.current = null;
      },
      leave: (steps) => {
        held.current = null;
        window.history.go(steps);
      },
    }),
    [],
  );
}

function currentEntry(): HeldEntry {
  return { index: entryIndex(), href: location.href, state: window.history.state as unknown };
}

function samePage(one: string, other: string): boolean {
  const [first, second] = [new URL(one), new URL(other)];
  return first.pathname === second.pathname && first.search === second.search;
}
