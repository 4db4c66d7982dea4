import { RowKeys } from "#components/shell/row-keys.tsx";
import { cn } from "#components/ui/class-names.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Status } from "#components/ui/status.tsx";
import { RowLink } from "#components/ui/table.tsx";
import { formatDuration } from "#lib/core/format-duration.ts";
import { runStatusKind } from "./run-status-kind.ts";
import type { RunRow } from "./session-views.ts";
import { usageWords } from "./usage-words.ts";

interface RunListProps {
  runs: readonly RunRow[];
  /** The run whose timeline is shown; null for none. */
  selectedId: string | null;
  hrefOf: (runId: string) => string;
}

/** A session's runs, newest first: the question, what came of it, how long and at what cost. */
export function RunList({ runs, selectedId, hrefOf }: RunListProps) {
  return (
    <RowKeys>
      <ul aria-label="Runs" className="flex flex-col gap-px">
        {runs.map((run) => (
          <li
            key={run.id}
            className={cn(
              "relative rounded-md px-2 py-1.5 hover:bg-hover",
              run.id === selectedId && "bg-active hover:bg-active max-md:bg-transparent",
            )}
          >
            <div className="flex items-center gap-2">
              <Status kind={runStatusKind(run.status)} iconOnly />
              <RowLink href={hrefOf(run.id)} className="min-w-0 flex-1 truncate">
                {run.question === "" ? "No text" : run.question}
              </RowLink>
            </div>
            <p className="flex gap-2 pl-[23px] text-sm text-fg-3 tabular-nums">
              <span className="min-w-0 flex-1 truncate">
                {[run.durationMs === null ? null : formatDuration(run.durationMs), ...usageWords(run)]
                  .filter((fact) => fact !== null)
                  .join(" · ")}
              </span>
              <RelativeTime short value={run.createdAt} className="shrink-0" />
            </p>
          </li>
        ))}
      </ul>
    </RowKeys>
  );
}
