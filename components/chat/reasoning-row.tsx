"use client";

import { Brain, ChevronDown, ChevronRight } from "lucide-react";
import { useId, useState } from "react";

interface ReasoningRowProps {
  text: string;
  /** Still being thought. */
  open: boolean;
}

/** What the model thought before it went on: one line, the whole on request. */
export function ReasoningRow({ text, open: thinking }: ReasoningRowProps) {
  const [open, setOpen] = useState(false);
  const panelId = useId();
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={panelId}
        onClick={() => setOpen(!open)}
        className="flex min-h-11 w-full items-center gap-2 px-3 text-left hover:bg-hover sm:min-h-9"
      >
        <Brain aria-hidden className="size-3.5 shrink-0 text-fg-3" />
        <span className="shrink-0 font-medium">{thinking ? "Thinking" : "Thought"}</span>
        <span className="min-w-0 flex-1 truncate text-fg-2">{open ? "" : lastLine(text)}</span>
        <Chevron aria-hidden className="size-3.5 shrink-0 text-fg-3" />
      </button>
      {open ? (
        <p
          id={panelId}
          className="max-w-[68ch] px-3 pb-3 break-words whitespace-pre-wrap text-fg-2 sm:pl-8.5"
        >
          {text}
        </p>
      ) : null}
    </div>
  );
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
