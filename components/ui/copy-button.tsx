"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { cn } from "./class-names.ts";

/** Copies `text`; true for 1.2 s after it worked. */
export function useCopy(text: string): { copied: boolean; copy: () => void } {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_200);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return { copied, copy };
}

interface CopyButtonProps {
  text: string;
  /** What the button copies: "Copy answer". */
  label?: string;
  className?: string;
}

/** A small icon that copies; afterwards a check, and "Copied" for screen readers. */
export function CopyButton({ text, label = "Copy", className }: CopyButtonProps) {
  const { copied, copy } = useCopy(text);
  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={copy}
      className={cn(
        "inline-grid size-9 shrink-0 place-items-center rounded-md text-fg-3 hover:bg-hover hover:text-fg sm:size-6.5",
        className,
      )}
    >
      <Icon aria-hidden className={cn("size-3.5", copied && "text-ok")} />
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </button>
  );
}
