"use client";

import { useState } from "react";

const CLOSED_LINES = 6;
const CLOSED_CHARACTERS = 600;

/** A machine's value; one that is long is cut at six lines, with a way to see all. */
export function LongText({ text }: { text: string }) {
  const [open, setOpen] = useState(false);
  const lines = text.split("\n");
  const isLong = lines.length > CLOSED_LINES || text.length > CLOSED_CHARACTERS;
  const shown = open || !isLong ? text : lines.slice(0, CLOSED_LINES).join("\n").slice(0, CLOSED_CHARACTERS);
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
