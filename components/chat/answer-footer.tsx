"use client";

import { GitFork, RefreshCw } from "lucide-react";
import { useState } from "react";
import type { ConversationTurn } from "#lib/core/conversation.ts";
import { formatCount } from "#lib/core/format-count.ts";
import { formatDuration } from "#lib/core/format-duration.ts";
import { formatMoney } from "#lib/core/format-money.ts";
import type { RunView } from "#lib/core/run-view.ts";
import { failureSentence } from "../shell/failure-sentence.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { RegenerateForm } from "./regenerate-form.tsx";
import type { TurnActions } from "./turn-actions.ts";
import type { ShownVersion } from "./use-shown-version.ts";
import { VersionSwitch } from "./version-switch.tsx";

interface AnswerFooterProps {
  turn: ConversationTurn;
  /** The version that is shown. */
  view: RunView;
  scripted: boolean;
  version: ShownVersion;
  isLast: boolean;
  /** Null for a question that never reached the server. */
  actions: TurnActions | null;
}

// As quiet, and as small, as the copy button beside them.
const QUIET = "text-fg-3 [&_svg]:size-3.5! sm:[&_svg]:size-3.5!";

/** What can be done with an answer, and what it took. */
export function AnswerFooter({ turn, view, scripted, version, isLast, actions }: AnswerFooterProps) {
  const [regenerating, setRegenerating] = useState(false);
  const [forking, setForking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const answer = answerText(view);
  const running = view.status === "running" && turn.refusal === null;
  const writing = running && !view.suggesting;
  const fork = actions?.fork ?? null;
  const regenerate = isLast && hasEnded(turn) ? (actions?.regenerate ?? null) : null;
  if (!running && answer === "" && view.metrics === null && turn.versions.length === 0) return null;

  async function forkHere() {
    if (fork === null || forking) return;
    setForking(true);
    setProblem(null);
    try {
      await fork(turn);
    } catch (error) {
      setProblem(failureSentence(error));
    }
    setForking(false);
  }

  return (
    <>
      {/* Its room is there from the start, so that nothing moves when the answer ends. */}
      <footer className="mt-1 flex min-h-9 flex-wrap items-center gap-x-3 text-sm text-fg-3 tabular-nums sm:min-h-7">
        <span className="-ml-2.75 flex items-center empty:hidden sm:-ml-1.5">
          {writing || answer === "" ? null : (
            <CopyButton text={answer} label={view.structured === null ? "Copy answer" : "Copy JSON"} />
          )}
          {regenerate === null ? null : (
            <IconButton
              size="sm"
              className={QUIET}
              label="Regenerate"
              aria-expanded={regenerating}
              onClick={() => setRegenerating(!regenerating)}
            >
              <RefreshCw />
            </IconButton>
          )}
          {fork === null || !hasEnded(turn) ? null : (
            <IconButton
              size="sm"
              className={QUIET}
              label="Fork from here"
              aria-busy={forking || undefined}
              onClick={() => void forkHere()}
            >
              <GitFork />
            </IconButton>
          )}
        </span>
        {turn.versions.length < 2 || running ? null : (
          <VersionSwitch at={version.at} count={turn.versions.length} onShow={version.show} />
        )}
        <Facts view={view} scripted={scripted} />
      </footer>
      {problem === null ? null : (
        <p role="alert" className="text-sm text-failed-text">
          {problem}
        </p>
      )}
      {regenerating && regenerate !== null ? (
        <RegenerateForm
          onRegenerate={(instructions) => regenerate(turn, instructions)}
          onClose={() => setRegenerating(false)}
        />
      ) : null}
    </>
  );
}

/** True once there is something to answer anew: a run that was stopped, or failed, is asked for again by its own button. */
function hasEnded({ view, versions }: ConversationTurn): boolean {
  return (
    view.status === "completed" ||
    (versions.length > 1 && view.status !== "running" && view.status !== "paused")
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

function answerText(view: RunView): string {
  if (view.structured !== null) return JSON.stringify(view.structured, null, 2);
  return view.parts.flatMap((part) => (part.kind === "text" ? [part.text] : [])).join("\n\n");
}
