import Link from "next/link";
import { pageHref } from "#components/shell/navigation.ts";
import { cn } from "#components/ui/class-names.ts";
import { IdChip } from "#components/ui/id-chip.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Status } from "#components/ui/status.tsx";
import { formatCount } from "#lib/core/format-count.ts";
import { formatMoney } from "#lib/core/format-money.ts";
import type { RunStatus } from "#lib/core/run-status.ts";
import { runStatusKind } from "./run-status-kind.ts";

interface SessionFactsProps {
  organization: string;
  session: {
    id: string;
    name: string;
    agentId: string;
    agentName: string;
    /** False when the agent is gone or closed to who looks. */
    canChat: boolean;
    subject: string | null;
    /** True when the subject is who looks. */
    isOwn: boolean;
    runCount: number;
    totalTokens: number;
    costMicroUsd: number | null;
    /** ISO 8601. */
    createdAt: string;
    lastStatus: RunStatus | null;
  };
  className?: string;
}

// Each fact brings the dot before it; at the beginning of a line the dot is cut off.
const factsStyle =
  "-ml-3 flex flex-wrap items-center [clip-path:inset(-4px_-4px_-4px_9px)] [&>span]:relative [&>span]:pl-3 [&>span]:before:absolute [&>span]:before:left-1 [&>span]:before:content-['·']";

/** The head of a session: its name, whose it is, and what it used. */
export function SessionFacts({ organization, session, className }: SessionFactsProps) {
  return (
    <div className={cn("shrink-0 border-b border-line px-4 pt-4 pb-3 sm:px-6", className)}>
      <div className="flex min-w-0 items-center gap-2.5 max-sm:flex-col-reverse max-sm:items-start">
        <h1 className="min-w-0 max-sm:line-clamp-3 sm:truncate">{session.name}</h1>
        {session.lastStatus === null ? null : <Status tag kind={runStatusKind(session.lastStatus)} />}
      </div>
      <p className={cn(factsStyle, "mt-0.5 text-fg-3 tabular-nums")}>
        <span>
          {session.canChat ? (
            <Link
              href={pageHref(organization, `/agents/${encodeURIComponent(session.agentId)}`)}
              className="font-medium text-fg-2 hover:text-fg hover:underline"
            >
              {session.agentName}
            </Link>
          ) : (
            <b className="font-medium text-fg-2">{session.agentName}</b>
          )}
        </span>
        <span>
          begun <RelativeTime value={session.createdAt} />
        </span>
        <span>
          <b className="font-semibold text-fg-2">{session.runCount}</b>{" "}
          {session.runCount === 1 ? "run" : "runs"}
        </span>
        {session.totalTokens === 0 ? null : (
          <>
            <span>
              <b className="font-semibold text-fg-2">{formatCount(session.totalTokens)}</b> tokens
            </span>
            <span className="font-semibold text-fg-2">{formatMoney(session.costMicroUsd)}</span>
          </>
        )}
        {session.subject === null ? null : (
          <span>for {session.isOwn ? "you" : <IdChip id={session.subject} />}</span>
        )}
        <span className="inline-flex items-center">
          <IdChip id={session.id} prefix="session" />
        </span>
      </p>
      {session.canChat ? null : (
        <p className="mt-1 text-fg-2">
          Its agent was deleted or is closed to you. What was said stays readable; nothing more can be asked
          here.
        </p>
      )}
    </div>
  );
}
