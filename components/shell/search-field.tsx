"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { SearchBox } from "./search-box.tsx";

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
  const [text, setText] = useState(query.get(parameter) ?? "");
  const [pending, startTransition] = useTransition();

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
    <SearchBox label={label} value={text} onValueChange={setText} pending={pending} className={className} />
  );
}
