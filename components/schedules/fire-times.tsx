"use client";

import { TriangleAlert } from "lucide-react";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { clockChangeNotes } from "#lib/core/clock-change-notes.ts";
import { cronSchedule } from "#lib/core/cron-schedule.ts";
import { useNow } from "./use-now.ts";

interface FireTimesProps {
  expression: string;
  timeZone: string;
}

const COUNT = 5;

/** The next five times in the schedule's zone, and on the reader's own clock where that shows another time. */
export function FireTimes({ expression, timeZone }: FireTimesProps) {
  const nowMs = useNow();
  if (nowMs === null) return <FireTimesSkeleton />;
  // From the end of the minute before: a time that is just due is still the next one.
  const times = cronSchedule(expression, timeZone)?.timesAfter(new Date(nowMs), COUNT) ?? [];
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const isElsewhere = times.some((time) => wordsOf(time, own) !== wordsOf(time, timeZone));
  const notes = clockChangeNotes(expression, timeZone, new Date(nowMs));
  return (
    <>
      <ol aria-label="Next times" className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-5 tabular-nums">
        {times.map((time) => (
          <li key={time.toISOString()} className="col-span-2 grid min-h-6 grid-cols-subgrid items-center">
            <time dateTime={time.toISOString()}>{wordsOf(time, timeZone)}</time>
            {isElsewhere ? <span className="text-fg-3">{forReader(time, own, timeZone)} for you</span> : null}
          </li>
        ))}
      </ol>
      {notes.map((note) => (
        <p key={note} className="mt-2 flex gap-1.5 text-sm text-fg-2">
          <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0 text-fg-3" />
          <span>{note}</span>
        </p>
      ))}
    </>
  );
}

function FireTimesSkeleton() {
  return (
    <div aria-hidden>
      {Array.from({ length: COUNT }, (_, row) => (
        <div key={row} className="flex h-6 items-center">
          <Skeleton className="w-40" />
        </div>
      ))}
    </div>
  );
}

/** "Mon 4 May 09:00", with the year where it is another one than the reader's. */
function wordsOf(time: Date, timeZone: string): string {
  const isThisYear = time.getFullYear() === new Date().getFullYear();
  const day = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    ...(isThisYear ? {} : { year: "numeric" }),
  });
  return `${day.format(time).replace(",", "")} ${clockOf(time, timeZone)}`;
}

/** The time alone on the reader's clock where that shows the same day. */
function forReader(time: Date, own: string, timeZone: string): string {
  const words = wordsOf(time, own);
  const [day] = wordsOf(time, timeZone).split(/ \d\d:\d\d$/);
  return words.startsWith(`${day ?? ""} `) ? clockOf(time, own) : words;
}

function clockOf(time: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format(time);
}
