"use client";

import { Search, X } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { cn } from "#components/ui/class-names.ts";
import { KeyCaps } from "./key-caps.tsx";
import { useShortcut } from "./shortcut-context.ts";

interface SearchFieldProps {
  /** "Find a session" */
  label: string;
  /** The query parameter that holds the text. */
  parameter?: string;
  className?: string;
}

const DEBOUNCE_MS = 200;

/** A search whose text is in the URL; `/` goes to it. A changed text leads to the first page. */
export function SearchField({ label, parameter = "q", className }: SearchFieldProps) {
  const router = useRouter();
  const pathname = usePathname();
  const query = useSearchParams();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(query.get(parameter) ?? "");
  const [pending, startTransition] = useTransition();
  useShortcut({ keys: "/", label, group: "On this page", run: () => input.current?.focus() });

  const current = query.get(parameter) ?? "";
  useEffect(() => {
    if (text === current) return;
    const timer = setTimeout(() => {
      const next = new URLSearchParams(query);
      next.delete("page");
      if (text === "") next.delete(parameter);
      else next.set(parameter, text);
      startTransition(() => router.replace(`${pathname}?${next.toString()}`, { scroll: false }));
    }, DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [text, current, query, parameter, pathname, router]);

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
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
        aria-label={label}
        placeholder={label}
        maxLength={250}
        className="min-w-0 flex-1 bg-transparent text-[16px] text-fg outline-none sm:text-base"
      />
      {text === "" ? (
        <KeyCaps keys="/" />
      ) : (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={() => {
            setText("");
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
