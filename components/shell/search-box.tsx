"use client";

import { Search, X } from "lucide-react";
import { useRef } from "react";
import { cn } from "#components/ui/class-names.ts";
import { KeyCaps } from "./key-caps.tsx";
import { useShortcut } from "./shortcut-context.ts";

interface SearchBoxProps {
  /** "Find a session" */
  label: string;
  value: string;
  onValueChange: (value: string) => void;
  /** A search for the value is under way. */
  pending?: boolean;
  className?: string;
}

/** Where one types what is looked for; `/` goes to it, Escape leaves it. */
export function SearchBox({ label, value, onValueChange, pending = false, className }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  useShortcut({ keys: "/", label, group: "On this page", run: () => input.current?.focus() });
  return (
    <div
      role="search"
      aria-busy={pending}
      className={cn(
        "flex h-10 min-w-0 items-center gap-1.5 rounded-md border border-control bg-raised pr-1.5 pl-2 text-fg-3 focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-ring sm:h-7.5",
        className,
      )}
    >
      <Search aria-hidden className="size-3.5 shrink-0" />
      <input
        ref={input}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          // Elsewhere on the page the same key stops an answer.
          event.preventDefault();
          event.currentTarget.blur();
        }}
        aria-label={label}
        placeholder={label}
        maxLength={250}
        className="min-w-0 flex-1 bg-transparent text-[16px] text-fg outline-none sm:text-base"
      />
      {value === "" ? (
        <KeyCaps keys="/" />
      ) : (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={() => {
            onValueChange("");
            input.current?.focus();
          }}
          className="grid size-6 place-items-center rounded-sm hover:text-fg"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </div>
  );
}
