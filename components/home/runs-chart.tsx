"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/class-names.ts";
import { Table, Td, Th } from "#components/ui/table.tsx";

interface HourOfRuns {
  /** Whole hours since the epoch. */
  hour: number;
  completed: number;
  failed: number;
  cancelled: number;
  open: number;
}

const HOUR_MS = 3_600_000;
const HEIGHT = 116;

const SERIES = [
  { key: "failed", label: "Failed", bar: "bg-failed" },
  { key: "cancelled", label: "Cancelled", bar: "bg-bg ring-1 ring-inset ring-cancelled" },
  { key: "open", label: "Under way", bar: "bg-running" },
  { key: "completed", label: "Done", bar: "bg-cat-3" },
] as const;

function sumOf(hour: HourOfRuns): number {
  return hour.completed + hour.failed + hour.cancelled + hour.open;
}

/** The next of 1, 2, 4, 10, 20, 40, 100, … so that the half of it is whole, too (but for 1). */
function ceilingOf(most: number): number {
  for (let scale = 1; ; scale *= 10) {
    for (const step of [1, 2, 4]) if (step * scale >= most) return step * scale;
  }
}

function hourWords(hour: number): string {
  return new Date(hour * HOUR_MS).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

function wordsOf(hour: HourOfRuns): string {
  const parts = SERIES.filter(({ key }) => hour[key] > 0).map(
    ({ key, label }) => `${hour[key]} ${label.toLowerCase()}`,
  );
  return `${hourWords(hour.hour)}: ${parts.length === 0 ? "no runs" : parts.join(", ")}`;
}

/** Runs of the last 24 hours by the hour in which they began, by outcome; also as a table. */
export function RunsChart({ hours }: { hours: readonly HourOfRuns[] }) {
  const [asTable, setAsTable] = useState(false);
  const [pointed, setPointed] = useState<number | null>(null);
  const total = hours.reduce((sum, hour) => sum + sumOf(hour), 0);
  const ceiling = ceilingOf(Math.max(1, ...hours.map(sumOf)));
  const shown = hours.find((hour) => hour.hour === pointed);
  const failed = hours.reduce((sum, hour) => sum + hour.failed, 0);

  if (total === 0) return <p className="text-fg-3">No runs in the last 24 hours.</p>;
  if (asTable) {
    return (
      <div>
        <HoursTable hours={hours.filter((hour) => sumOf(hour) > 0)} />
        <Button size="sm" variant="ghost" className="mt-2 -ml-2" onClick={() => setAsTable(false)}>
          Show as chart
        </Button>
      </div>
    );
  }
  return (
    <figure>
      <div
        role="img"
        aria-label={`${total} runs in the last 24 hours, ${failed} failed. The most in one hour: ${Math.max(0, ...hours.map(sumOf))}.`}
        className="relative mr-7"
        style={{ height: HEIGHT }}
        onPointerLeave={() => setPointed(null)}
      >
        {(ceiling === 1 ? [1] : [1, 0.5]).map((part) => (
          <span
            key={part}
            aria-hidden
            className="absolute inset-x-0 border-t border-line"
            style={{ bottom: `${part * 100}%` }}
          >
            <span className="absolute -top-2 left-full pl-2 text-xs text-fg-3 tabular-nums">
              {ceiling * part}
            </span>
          </span>
        ))}
        <div aria-hidden className="absolute inset-0 flex items-end gap-0.5 border-b border-line-2">
          {hours.map((hour) => (
            <span
              key={hour.hour}
              onPointerEnter={() => setPointed(hour.hour)}
              className={cn("flex h-full flex-1 flex-col justify-end", pointed === hour.hour && "bg-hover")}
            >
              {SERIES.map(({ key, bar }) => (
                <span
                  key={key}
                  suppressHydrationWarning
                  className={cn("w-full first:rounded-t-[2px]", bar)}
                  style={{ height: `${(hour[key] / ceiling) * 100}%` }}
                />
              ))}
            </span>
          ))}
        </div>
      </div>
      <p suppressHydrationWarning className="mt-1 mr-7 flex justify-between text-xs text-fg-3 tabular-nums">
        <span suppressHydrationWarning>{hours[0] === undefined ? "" : hourWords(hours[0].hour)}</span>
        <span>now</span>
      </p>
      <figcaption className="mt-1 flex min-h-6.5 items-center justify-between gap-2 text-sm text-fg-3">
        {shown === undefined ? (
          <span className="flex flex-wrap gap-x-3">
            {SERIES.filter(({ key }) => hours.some((hour) => hour[key] > 0)).map(({ key, label, bar }) => (
              <span key={key} className="inline-flex items-center gap-1.5">
                <span aria-hidden className={cn("size-2 rounded-[2px]", bar)} />
                {label}
              </span>
            ))}
          </span>
        ) : (
          <span className="tabular-nums">{wordsOf(shown)}</span>
        )}
        <button
          type="button"
          className="shrink-0 rounded-sm hover:text-fg max-sm:min-h-11"
          onClick={() => setAsTable(true)}
        >
          Show as table
        </button>
      </figcaption>
    </figure>
  );
}

function HoursTable({ hours }: { hours: readonly HourOfRuns[] }) {
  return (
    <Table>
      <thead>
        <tr>
          <Th>Hour</Th>
          <Th numeric className="w-14">
            Done
          </Th>
          <Th numeric className="w-14">
            Failed
          </Th>
          <Th numeric className="w-18">
            Cancelled
          </Th>
          <Th numeric className="w-12">
            Open
          </Th>
        </tr>
      </thead>
      <tbody>
        {hours.map((hour) => (
          <tr key={hour.hour}>
            <Td>{hourWords(hour.hour)}</Td>
            <Td numeric>{hour.completed}</Td>
            <Td numeric>{hour.failed}</Td>
            <Td numeric>{hour.cancelled}</Td>
            <Td numeric>{hour.open}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
