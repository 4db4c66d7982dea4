import { Bot, Paperclip, User } from "lucide-react";
import { memo } from "react";
import type { ConversationTurn } from "#lib/core/conversation.ts";
import { formatCount } from "#lib/core/format-count.ts";
import { formatDuration } from "#lib/core/format-duration.ts";
import { formatMoney } from "#lib/core/format-money.ts";
import type { RunView } from "#lib/core/run-view.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";
import { Status } from "../ui/status.tsx";
import { Answer } from "./answer.tsx";

interface TurnProps {
  turn: ConversationTurn;
  agentName: string;
  writingTools: ReadonlySet<string>;
  /** A scripted model answers, which costs nothing; otherwise a missing cost is an unknown one. */
  scripted: boolean;
}

/** A question with its answer, both hung from the same left edge. */
export const Turn = memo(function Turn({ turn, agentName, writingTools, scripted }: TurnProps) {
  const answer = answerText(turn.view);
  return (
    <article aria-label={turn.question.slice(0, 80)} className="flex flex-col gap-6">
      <section className="grid grid-cols-[24px_minmax(0,1fr)] gap-x-2.5 sm:grid-cols-[24px_minmax(0,1fr)]">
        <Mark>
          <User aria-hidden className="size-3.5" />
        </Mark>
        <div className="min-w-0">
          <header className="flex h-6 items-center justify-between gap-3">
            <h3 className="font-semibold">You</h3>
            <RelativeTime value={turn.askedAtMs} className="text-sm text-fg-3" />
          </header>
          <p className="max-w-[68ch] text-md break-words whitespace-pre-wrap">{turn.question}</p>
          {turn.files.length === 0 ? null : (
            <ul aria-label="Attachments" className="mt-2 flex flex-wrap gap-2">
              {turn.files.map((file) => (
                <li
                  key={file.filename}
                  className="inline-flex h-6.5 items-center gap-1.5 rounded-md border border-line bg-sunken px-2 text-sm"
                >
                  <Paperclip aria-hidden className="size-3.5 text-fg-3" />
                  <span className="max-w-60 truncate">{file.filename}</span>
                  <span className="text-fg-3 tabular-nums">{formatSize(file.sizeBytes)}</span>
                </li>
              ))}
            </ul>
          )}
        </div>
      </section>
      <section className="grid grid-cols-[24px_minmax(0,1fr)] gap-x-2.5">
        <Mark>
          <Bot aria-hidden className="size-3.5" />
        </Mark>
        <div className="min-w-0">
          <header className="flex h-6 items-center gap-2">
            <h3 className="truncate font-semibold">{agentName}</h3>
            {turn.view.status === "running" && turn.refusal === null ? (
              <Status kind="running" label={stage(turn.view)} />
            ) : null}
          </header>
          <Answer view={turn.view} refusal={turn.refusal} writingTools={writingTools} />
          {turn.view.status === "running" ? null : (
            <footer className="mt-1 flex h-9 items-center gap-3 text-sm text-fg-3 tabular-nums sm:h-7">
              {answer === "" ? null : <CopyButton text={answer} label="Copy answer" className="-ml-2" />}
              <Facts view={turn.view} scripted={scripted} />
            </footer>
          )}
        </div>
      </section>
    </article>
  );
});

function Mark({ children }: { children: React.ReactNode }) {
  return (
    <span className="grid size-6 place-items-center rounded-md border border-line bg-sunken text-fg-2">
      {children}
    </span>
  );
}

function Facts({ view, scripted }: { view: RunView; scripted: boolean }) {
  const metrics = view.metrics;
  if (metrics === null) return null;
  const tokens = metrics.total_tokens ?? 0;
  const detail = `${metrics.input_tokens ?? 0} in, ${metrics.output_tokens ?? 0} out`;
  return (
    <>
      <span>{formatDuration((metrics.duration ?? 0) * 1_000)}</span>
      <span title={detail}>{formatCount(tokens)} tokens</span>
      <span>{costText(metrics.cost, scripted)}</span>
    </>
  );
}

/** The wire leaves a cost of zero out, as it does an unknown one. */
function costText(costUsd: number | undefined, scripted: boolean): string {
  if (costUsd !== undefined) return formatMoney(Math.round(costUsd * 1_000_000));
  return scripted ? formatMoney(0) : "no price";
}

function stage(view: RunView): string {
  const last = view.parts.at(-1);
  if (last === undefined) return "Starting";
  switch (last.kind) {
    case "text":
      return "Writing";
    case "reasoning":
      return "Thinking";
    case "tool":
      return last.state === "running" ? `Running ${last.tool.tool_name}` : "Reading the result";
  }
}

function answerText(view: RunView): string {
  return view.parts.flatMap((part) => (part.kind === "text" ? [part.text] : [])).join("\n\n");
}

function formatSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
