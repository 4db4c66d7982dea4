"use client";

import { useEffect, useState } from "react";
import { formatDuration } from "#lib/core/format-duration.ts";

const TICK_MS = 1_000;

/** How long something has been going on, in whole seconds, ticking. */
export function Elapsed({ sinceMs }: { sinceMs: number }) {
  const [nowMs, setNowMs] = useState<number | null>(null);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const seconds = nowMs === null ? 0 : Math.floor((nowMs - sinceMs) / 1_000);
  if (seconds < 1) return null;
  return <span>{seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1_000)}</span>;
}
