"use client";

import { Check, Copy } from "lucide-react";
import { cn } from "./class-names.ts";
import { useCopy } from "./copy-button.tsx";

interface IdChipProps {
  id: string;
  /** Shown in front of the first six characters of an id without a prefix of its own: "run". */
  prefix?: string;
  /** Shows all of it, for ids that people chose. */
  whole?: boolean;
  className?: string;
}

const LONGEST_WHOLE = 24;

/** `run_8f3ca1` for machine-made ids; one that somebody chose stands as it is. */
function shortened(id: string, prefix: string | undefined): string {
  const own = /^([a-z]+)_([0-9a-f]{16,})$/.exec(id);
  if (own !== null) return `${own[1] ?? ""}_${(own[2] ?? "").slice(0, 6)}`;
  if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(id))
    return `${prefix === undefined ? "" : `${prefix}_`}${id.slice(0, 6)}`;
  return id.length > LONGEST_WHOLE ? `${id.slice(0, LONGEST_WHOLE)}…` : id;
}

/** An id, short to read and whole to copy. */
export function IdChip({ id, prefix, whole = false, className }: IdChipProps) {
  const { copied, copy } = useCopy(id);
  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      onClick={copy}
      title={`${id} (click to copy)`}
      className={cn(
        "mono -mx-1 inline-flex h-5.5 items-center gap-1 rounded-sm px-1 whitespace-nowrap text-fg-2 hover:bg-hover",
        className,
      )}
    >
      <span className="sr-only">Copy id </span>
      {whole ? id : shortened(id, prefix)}
      <Icon aria-hidden className={cn("size-3", copied ? "text-ok" : "text-fg-3")} />
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </button>
  );
}
