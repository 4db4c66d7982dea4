import Link from "next/link";
import { cn } from "#components/ui/class-names.ts";
import type { DurableRunStatus } from "#lib/core/durable-run.ts";
import { type JobQuery, jobSearch } from "./job-query.ts";

const CHOICES: readonly { status: DurableRunStatus | undefined; label: string }[] = [
  { status: undefined, label: "All" },
  { status: "running", label: "Running" },
  { status: "waiting", label: "Waiting" },
  { status: "queued", label: "Queued" },
  { status: "failed", label: "Failed" },
];

/** Narrows the list to one state; the URL says which. */
export function StatusFilter({ base, query }: { base: string; query: JobQuery }) {
  return (
    <nav aria-label="State" className="flex gap-1 overflow-x-auto">
      {CHOICES.map(({ status, label }) => (
        <Link
          key={label}
          href={base + jobSearch(query, { status })}
          scroll={false}
          aria-current={query.status === status ? "page" : undefined}
          className={cn(
            "flex h-10 items-center rounded-md px-2.5 whitespace-nowrap sm:h-7.5",
            query.status === status
              ? "bg-active font-medium text-fg"
              : "text-fg-2 hover:bg-hover hover:text-fg",
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
