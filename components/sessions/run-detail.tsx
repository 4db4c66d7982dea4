import { AttachmentList } from "#components/chat/attachment-list.tsx";
import { IdChip } from "#components/ui/id-chip.tsx";
import { Status } from "#components/ui/status.tsx";
import { TabLinks } from "#components/ui/tab-links.tsx";
import { conversationFiles } from "#lib/core/conversation-files.ts";
import { formatDuration } from "#lib/core/format-duration.ts";
import type { JournalEvent } from "#lib/core/journal.ts";
import { isFinished } from "#lib/core/run-status.ts";
import type { RequirementState } from "#lib/core/requirement-state.ts";
import type { TimelineStep } from "#lib/core/run-timeline.ts";
import { Question } from "./question.tsx";
import { RawEvents } from "./raw-events.tsx";
import { RefreshWhileRunning } from "./refresh-while-running.tsx";
import { runStatusKind } from "./run-status-kind.ts";
import { RunTimeline } from "./run-timeline.tsx";
import type { RunRow } from "./session-views.ts";
import { usageWords } from "./usage-words.ts";

interface RunDetailProps {
  run: RunRow & { modelId: string | null; version: number | null };
  steps: readonly TimelineStep[];
  events: readonly JournalEvent[];
  cut: boolean;
  /** What people were asked about. */
  requirements: readonly RequirementState[];
  view: "timeline" | "raw";
  /** The address of this run in this session, with a query. */
  href: string;
}

/** One run of a session: the question, what it took, and its timeline or its raw events. */
export function RunDetail({ run, steps, events, cut, requirements, view, href }: RunDetailProps) {
  const started = events[0]?.body;
  const input = started?.type === "RunStarted" ? started.input : undefined;
  const waitedMs = steps.reduce(
    (sum, step) => sum + (step.kind === "paused" ? (step.durationMs ?? 0) : 0),
    0,
  );
  const facts = [
    run.version === null ? null : `version ${run.version}`,
    run.durationMs === null ? null : `worked ${formatDuration(run.durationMs)}`,
    waitedMs === 0 ? null : `waited ${formatDuration(waitedMs)}`,
    ...usageWords(run),
  ].filter((fact) => fact !== null);
  return (
    <article aria-label="Run">
      <div className="px-4 pt-4 pb-2 sm:px-6">
        <Question text={input?.content ?? run.question} />
        <AttachmentList files={conversationFiles(run.id, input?.attachments)} />
        <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-fg-3 tabular-nums">
          <Status tag kind={runStatusKind(run.status)} />
          {run.modelId === null ? null : <span className="mono">{run.modelId}</span>}
          <span>{facts.join(" · ")}</span>
          <IdChip id={run.id} prefix="run" />
        </p>
      </div>
      <TabLinks
        label="Views of the run"
        items={[
          { href, label: "Timeline", current: view === "timeline", count: steps.length },
          { href: `${href}&view=raw`, label: "Raw events", current: view === "raw", count: events.length },
        ]}
      />
      <div className="px-4 py-3 sm:px-6 sm:pr-8">
        {view === "timeline" ? (
          <RunTimeline steps={steps} cut={cut} requirements={requirements} />
        ) : (
          <RawEvents events={events} />
        )}
      </div>
      {isFinished(run.status) ? null : (
        <RefreshWhileRunning everyMs={run.status === "PAUSED" ? 10_000 : 2_000} />
      )}
    </article>
  );
}
