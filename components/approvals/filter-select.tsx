"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Select } from "#components/ui/select.tsx";

interface FilterSelectProps {
  /** "Agent". */
  label: string;
  /** Empty for all. */
  value: string;
  options: readonly { value: string; label: string; href: string }[];
  /** The address without this filter. */
  allHref: string;
}

// A select's value may not be empty.
const ALL = "*";

/** Narrows a list by one thing; the URL says which. */
export function FilterSelect({ label, value, options, allHref }: FilterSelectProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  return (
    <Select
      aria-label={label}
      value={value === "" ? ALL : value}
      disabled={pending}
      onValueChange={(next) => {
        const href = options.find((option) => option.value === next)?.href ?? allHref;
        startTransition(() => router.replace(href, { scroll: false }));
      }}
      options={[{ value: ALL, label: `${label}: any` }, ...options]}
      className="h-10 w-auto max-w-44 shrink-0 sm:h-7.5"
    />
  );
}
