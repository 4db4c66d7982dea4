"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Reads the page again and again while it shows a run that has not ended; new steps come at the end only. */
export function RefreshWhileRunning({ everyMs }: { everyMs: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [router, everyMs]);
  return null;
}
