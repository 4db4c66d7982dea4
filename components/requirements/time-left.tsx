"use client";

import { useSyncExternalStore } from "react";
import { cn } from "#components/ui/class-names.ts";
import { formatTimeUntil } from "#lib/core/format-time-until.ts";

const TICK_MS = 1_000;
const SOON_MS = 3_600_000;

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, TICK_MS);
  return () => clearInterval(timer);
}

const currentSecond = () => Math.floor(Date.now() / TICK_MS) * TICK_MS;

interface TimeLeftProps {
  /** Seconds since the epoch; null for no limit. */
  expiresAt: number | null;
  /** Said where there is no limit; nothing when absent. */
  none?: string;
  className?: string;
}

/** How long one may still decide, ticking: "18 min left". */
export function TimeLeft({ expiresAt, none, className }: TimeLeftProps) {
  const nowMs = useSyncExternalStore(subscribe, currentSecond, () => null);
  if (expiresAt === null) {
    return none === undefined ? null : <span className={cn("text-fg-3", className)}>{none}</span>;
  }
  if (nowMs === null) return null;
  const leftMs = expiresAt * 1_000 - nowMs;
  const words = formatTimeUntil(expiresAt * 1_000, nowMs);
  const text =
    leftMs <= 0 ? "time is over" : words.startsWith("in ") ? `${words.slice(3)} left` : `until ${words}`;
  return (
    <time
      dateTime={new Date(expiresAt * 1_000).toISOString()}
      title={new Date(expiresAt * 1_000).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "long" })}
      className={cn(
        "whitespace-nowrap tabular-nums",
        leftMs < SOON_MS ? "font-medium text-needs-text" : "text-fg-3",
        className,
      )}
    >
      {text}
    </time>
  );
}
