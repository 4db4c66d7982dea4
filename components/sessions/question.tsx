"use client";

import { useState } from "react";

// About four lines of the column.
const SHORT_CHARACTERS = 320;
const SHORT_LINES = 4;

/** A run's question: its beginning, and the whole on request. */
export function Question({ text }: { text: string }) {
  const [open, setOpen] = useState(false);
  const isLong = text.length > SHORT_CHARACTERS || text.split("\n").length > SHORT_LINES;
  const clamp = isLong && !open ? "line-clamp-4" : "";
  return (
    <div className="max-w-[80ch]">
      <p className={`text-md font-medium whitespace-pre-wrap [overflow-wrap:anywhere] ${clamp}`}>
        {text === "" ? "No text" : text}
      </p>
      {isLong ? (
        <button
          type="button"
          onClick={() => setOpen(!open)}
          className="min-h-6 text-sm text-accent-text hover:underline"
        >
          {open ? "Show less" : "Show all of the question"}
        </button>
      ) : null}
    </div>
  );
}
