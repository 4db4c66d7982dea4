"use client";

import { Check, Copy } from "lucide-react";
import { isValidElement, type ReactNode, useRef, useState } from "react";

/** A block of code with its language and a button that copies it. */
export function CodeBlock({ children }: { children: ReactNode }) {
  const pre = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  const language = languageOf(children);
  const Icon = copied ? Check : Copy;

  function copy() {
    navigator.clipboard.writeText(pre.current?.innerText ?? "").then(
      () => {
        setCopied(true);
        setTimeout(() => setCopied(false), 1_200);
      },
      () => setCopied(false),
    );
  }

  return (
    <div className="my-3 overflow-hidden rounded-lg border border-line bg-sunken">
      <div className="flex h-8 items-center justify-between border-b border-line pr-1 pl-3 text-sm text-fg-3">
        <span className="font-mono">{language ?? "text"}</span>
        <button
          type="button"
          onClick={copy}
          className="inline-flex h-6.5 items-center gap-1 rounded-md px-2 hover:bg-hover hover:text-fg"
        >
          <Icon aria-hidden className="size-3.5" />
          {copied ? "Copied" : "Copy"}
        </button>
      </div>
      <pre
        ref={pre}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard.
        tabIndex={0}
        className="overflow-x-auto p-3 font-mono text-sm leading-5 outline-offset-[-2px]"
      >
        {children}
      </pre>
    </div>
  );
}

function languageOf(children: ReactNode): string | null {
  if (!isValidElement<{ className?: string }>(children)) return null;
  return /language-([\w+#-]+)/.exec(children.props.className ?? "")?.[1] ?? null;
}
