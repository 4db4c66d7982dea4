import { Bot, User } from "lucide-react";
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
import { AttachmentList } from "./attachment-list.tsx";

// A phone has no room for the gutter.
const GUTTER = "grid grid-cols-1 gap-x-2.5 sm:grid-cols-[24px_minmax(0,1fr)]";

interface TurnProps {
  turn: ConversationTurn;
  agentName: string;
  writingTools: ReadonlySet<string>;
  /** A scripted model answers, which costs nothing; otherwise a missing cost is an unknown one. */
  scripted: boolean;
  /** Asks this question again; null for all but the last turn, and while an answer is being written. */
  onAskAgain: ((turn: ConversationTurn) => void) | null;
}

/** A question with its answer, both hung from the same left edge. */
export const Turn = memo(function Turn(props: TurnProps) {
  const { turn, agentName, writingTools, scripted, onAskAgain } = props;
  const answer = answerText(turn.view);
  const running = turn.view.status === "running" && turn.refusal === null;
  const writing = running && !turn.view.suggesting;
  const waiting = turn.view.status === "paused" && turn.refusal === null;
  return (
    <article aria-label={turn.question.slice(0, 80)} className="flex flex-col gap-6">
      <section className={GUTTER}>
        <Mark>
          <User aria-hidden className="size-3.5" />
        </Mark>
        <div className="min-w-0">
          <header className="flex h-6 items-center justify-between gap-3">
            <h3 className="font-semibold">You</h3>
            <RelativeTime value={turn.askedAtMs} className="text-sm text-fg-3" />
          </header>
          <p className="max-w-[68ch] text-md break-words whitespace-pre-wrap">{turn.question}</p>
          <AttachmentList files={turn.files} />
        </div>
      </section>
      <section className={GUTTER}>
        <Mark>
          <Bot aria-hidden className="size-3.5" />
        </Mark>
        <div className="min-w-0">
          <header className="flex h-6 items-center gap-2">
            <h3 className="truncate font-semibold">{agentName}</h3>
            {running ? <Status kind="running" label={stage(turn.view)} /> : null}
            {waiting ? <Waiting view={turn.view} /> : null}
          </header>
          <Answer
            view={turn.view}
            refusal={turn.refusal}
            writingTools={writingTools}
            onAskAgain={onAskAgain === null ? null : () => onAskAgain(turn)}
          />
          {/* Its room is there from the start, so that nothing moves when the answer ends. */}
          {running || answer !== "" || turn.view.metrics !== null ? (
            <footer className="mt-1 flex h-9 items-center gap-3 text-sm text-fg-3 tabular-nums sm:h-7">
              {writing || answer === "" ? null : (
                <CopyButton text={answer} label="Copy answer" className="-ml-2.75 sm:-ml-1.5" />
              )}
              <Facts view={turn.view} scripted={scripted} />
            </footer>
          ) : null}
        </div>
      </section>
    </article>
  );
});

function Mark({ children }: { children: React.ReactNode }) {
  return (
    <span className="hidden size-6 place-items-center rounded-md border border-line bg-sunken text-fg-2 sm:grid">
      {children}
    </span>
  );
}

function Waiting({ view }: { view: RunView }) {
  const forOthers = view.requirements.some(({ tool_execution: asked }) => asked.approval_type === "required");
  return forOthers ? (
    <Status kind="waiting" label="Waiting for an approval" />
  ) : (
    <Status kind="needs" label="Waiting for you" />
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
      {/* An answer that was stopped tells no usage, and zero would be a claim. */}
      {tokens === 0 ? null : (
        <>
          <span title={detail}>{formatCount(tokens)} tokens</span>
          <span>{costText(metrics.cost, scripted)}</span>
        </>
      )}
    </>
  );
}

/** The wire leaves a cost of zero out, as it does an unknown one. */
function costText(costUsd: number | undefined, scripted: boolean): string {
  if (costUsd !== undefined) return formatMoney(Math.round(costUsd * 1_000_000));
  return scripted ? formatMoney(0) : "no price";
}

function stage(view: RunView): string {
  if (view.suggesting) return "Suggesting follow-ups";
  const last = view.parts.at(-1);
  if (last === undefined) return "Starting";
  switch (last.kind) {
    case "recovered":
      return "Starting";
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
