"use client";

import { type ReactNode, useRef } from "react";
import { useShortcut } from "./shortcut-context.ts";

/** Moves the focus between the rows (links with `data-row`) inside it: j and k anywhere, arrows from a row. */
export function RowKeys({ className, children }: { className?: string; children: ReactNode }) {
  const container = useRef<HTMLDivElement>(null);

  function move(step: 1 | -1) {
    const rows = [...(container.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])].filter(
      (row) => row.offsetParent !== null,
    );
    const at = rows.findIndex((row) => row === document.activeElement);
    const next = rows[at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  useShortcut({ keys: "j", label: "Next row", group: "On this page", run: () => move(1) });
  useShortcut({ keys: "k", label: "Previous row", group: "On this page", run: () => move(-1) });
  return (
    <div
      ref={container}
      className={className}
      onKeyDown={(event) => {
        if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
        if (!(event.target instanceof HTMLElement) || !event.target.matches("[data-row]")) return;
        event.preventDefault();
        move(event.key === "ArrowDown" ? 1 : -1);
      }}
    >
      {children}
    </div>
  );
}
