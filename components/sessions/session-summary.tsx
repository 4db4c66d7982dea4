import { ChevronRight } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { cn } from "#components/ui/class-names.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { formatCount } from "#lib/core/format-count.ts";
import type { SessionSummaryText } from "#lib/core/session-summary.ts";

interface SessionSummaryProps {
  summary: SessionSummaryText;
  /** What all summaries of the session have used. */
  totalTokens: number;
  className?: string;
}

/** What the session was about so far: a line, and all of it when it is opened. */
export function SessionSummary({ summary, totalTokens, className }: SessionSummaryProps) {
  const topics = summary.topics ?? [];
  return (
    <details className={cn("group shrink-0 border-b border-line", className)}>
      <summary className="flex min-h-11 list-none items-center gap-2 px-4 hover:bg-hover sm:min-h-9 sm:px-6 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-3.5 shrink-0 text-fg-3 transition-transform group-open:rotate-90"
        />
        <span className="shrink-0 font-medium">Summary</span>
        <span className="min-w-0 flex-1 truncate text-fg-3 group-open:invisible">{summary.summary}</span>
        {summary.updated_at === undefined ? null : (
          <RelativeTime value={summary.updated_at} className="shrink-0 text-sm text-fg-3" />
        )}
      </summary>
      <div className="flex max-h-80 flex-col gap-2 overflow-y-auto px-4 pt-1 pb-3 sm:px-11.5">
        <p className="max-w-[80ch] whitespace-pre-wrap [overflow-wrap:anywhere]">{summary.summary}</p>
        {topics.length === 0 ? null : (
          <ul aria-label="Topics" className="flex flex-wrap gap-1.5">
            {topics.map((topic) => (
              <li key={topic}>
                <Badge>{topic}</Badge>
              </li>
            ))}
          </ul>
        )}
        {totalTokens === 0 ? null : (
          <p className="text-sm text-fg-3 tabular-nums">
            Summing up has used {formatCount(totalTokens)} of the session's tokens.
          </p>
        )}
      </div>
    </details>
  );
}
