"use client";

import { useState } from "react";

const CLOSED_LINES = 6;

/** Shows a JSON value as key and value; long values are cut at six lines with a way to see all. */
export function ValueList({ value }: { value: unknown }) {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return <LongValue text={textOf(value)} />;
  const entries = Object.entries(value);
  if (entries.length === 0) return <p className="text-fg-3">None</p>;
  return (
    <dl className="grid grid-cols-[minmax(64px,max-content)_minmax(0,1fr)] gap-x-4 gap-y-1 font-mono text-sm leading-5">
      {entries.map(([key, entry]) => (
        <div key={key} className="contents">
          <dt className="max-w-40 truncate text-fg-3" title={key}>
            {key}
          </dt>
          <dd className="min-w-0">
            <LongValue text={textOf(entry)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function LongValue({ text }: { text: string }) {
  const [open, setOpen] = useState(false);
  const lines = text.split("\n");
  const isLong = lines.length > CLOSED_LINES || text.length > 600;
  const shown = open || !isLong ? text : lines.slice(0, CLOSED_LINES).join("\n").slice(0, 600);
  return (
    <div className="min-w-0">
      <p className="font-mono text-sm leading-5 break-words whitespace-pre-wrap">{shown}</p>
      {isLong ? (
        <button
          type="button"
          onClick={() => setOpen(!open)}
          className="mt-1 text-sm text-accent-text hover:underline"
        >
          {open ? "Show less" : lines.length > CLOSED_LINES ? `Show all ${lines.length} lines` : "Show all"}
        </button>
      ) : null}
    </div>
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
