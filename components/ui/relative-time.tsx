"use client";

import { useSyncExternalStore } from "react";
import { formatRelativeTime, formatShortAge } from "#lib/core/format-relative-time.ts";
import { formatTimeUntil } from "#lib/core/format-time-until.ts";

interface Clock {
  nowMs: number;
  /** The zone that dates are shown in; the browser's own when absent. */
  timeZone: string | undefined;
}

const TICK_MS = 1_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let live: Clock = { nowMs: 0, timeZone: undefined };
let first: Clock = { nowMs: 0, timeZone: "UTC" };

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    // Read again right after this: without it the first second would show the time of long ago.
    live = { nowMs: Date.now(), timeZone: undefined };
    timer = setInterval(() => {
      live = { nowMs: Date.now(), timeZone: undefined };
      for (const each of listeners) each();
    }, TICK_MS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function liveClock(): Clock {
  if (timer === undefined && Date.now() - live.nowMs > TICK_MS)
    live = { nowMs: Date.now(), timeZone: undefined };
  return live;
}

/** What the server and the browser's first rendering use. */
function firstClock(): Clock {
  if (Date.now() - first.nowMs > TICK_MS) first = { nowMs: Date.now(), timeZone: "UTC" };
  return first;
}

interface RelativeTimeProps {
  /** ISO 8601, or milliseconds since the epoch. */
  value: string | number;
  /** The time lies ahead: "in 38 s". */
  ahead?: boolean;
  /** In one unit and without "ago", for narrow lists. */
  short?: boolean;
  className?: string;
}

/**
 * "38 s ago", ticking; the absolute time with its zone is in the title.
 * The server's text may be a second older than the browser's, and its zone is UTC: the first tick puts that right.
 */
export function RelativeTime({ value, ahead = false, short = false, className }: RelativeTimeProps) {
  const clock = useSyncExternalStore(subscribe, liveClock, firstClock);
  const at = new Date(value);
  const format = ahead ? formatTimeUntil : short ? formatShortAge : formatRelativeTime;
  const text = format(at.getTime(), clock.nowMs, clock.timeZone);
  const title = at.toLocaleString("en-GB", {
    dateStyle: "long",
    timeStyle: "long",
    timeZone: clock.timeZone,
  });
  return (
    <time dateTime={at.toISOString()} title={title} suppressHydrationWarning className={className}>
      {text}
    </time>
  );
}
