"use client";

import { RotateCcw } from "lucide-react";
import { Fragment } from "react";
import { DecidedRow } from "#components/requirements/decided-row.tsx";
import { askedVersion } from "#components/requirements/asked-version.ts";
import { Pause } from "#components/requirements/pause.tsx";
import { useApi } from "#components/shell/use-api.ts";
import { useRequirements } from "#lib/client/use-requirements.ts";
import { BUDGET_REQUEST_NAME } from "#lib/core/budget-request.ts";
import type { ConversationFile } from "#lib/core/conversation.ts";
import { formatCount } from "#lib/core/format-count.ts";
import type { WireMedia } from "#lib/core/message.ts";
import type { RecoveredAfter, RunPart, RunView, ToolState } from "#lib/core/run-view.ts";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { BlockedNote } from "./blocked-note.tsx";
import { FieldList } from "./field-list.tsx";
import { Markdown } from "./markdown.tsx";
import { ReasoningRow } from "./reasoning-row.tsx";
import { AttachmentList } from "./attachment-list.tsx";
import { ToolRow } from "./tool-row.tsx";

interface AnswerProps {
  view: RunView;
  refusal: string | null;
  /** Names of the tools that change something outside. */
  writingTools: ReadonlySet<string>;
  /** Asks the same again; null where that is not possible now. */
  onAskAgain: (() => void) | null;
}

/** An answer as it comes: what was thought and called in one bordered list, the text below it. */
export function Answer({ view, refusal, writingTools, onAskAgain }: AnswerProps) {
  const isCutOff = refusal !== null && view.runId !== null;
  const again =
    onAskAgain === null ? undefined : (
      <Button onClick={onAskAgain}>{isCutOff ? "Try again" : "Ask again"}</Button>
    );
  const version = askedVersion(view);
  const requirements = useRequirements(useApi(), version === null ? null : view.runId, version ?? "");
  const waits = view.status === "paused" && refusal === null;
  const open = waits ? requirements.all.filter(({ status }) => status === "open") : [];
  // A call that waits is a card below; it is a row again once it is decided.
  const isCard = (part: RunPart) =>
    part.kind === "tool" && open.some(({ asked }) => asked.tool_call_id === part.tool.tool_call_id);
  const groups = groupParts(view.parts.filter((part) => !isCard(part)));
  const last = view.parts.at(-1);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {groups.map((group) => {
        switch (group.kind) {
          case "text":
            if (group.part.text.trimStart().startsWith("{") && group.part === last) {
              if (view.structured !== null)
                return <FieldList key={group.key} value={view.structured} schema={null} />;
              // Its fields are drawn once all of it is there.
              if (view.status === "running") {
                return (
                  <p key={group.key} className="chat-writing text-fg-3 tabular-nums">
                    {formatCount(group.part.text.length)} characters of a structured answer
                  </p>
                );
              }
            }
            return (
              <div
                key={group.key}
                className={
                  view.status === "running" && !view.suggesting && group.part === last
                    ? "chat-writing"
                    : undefined
                }
              >
                <Markdown text={group.part.text} />
              </div>
            );
          case "recovered":
            return (
              <p key={group.key} className="flex items-center gap-1.5 text-sm text-fg-3">
                <RotateCcw aria-hidden className="size-3.5 shrink-0" />
                {WENT_ON[group.after]}
              </p>
            );
          case "question":
            return (
              <p
                key={group.key}
                className="border-l-2 border-line-2 pl-3 break-words whitespace-pre-wrap text-fg-2"
              >
                <span className="sr-only">You added: </span>
                {group.text}
              </p>
            );
          case "work":
            return (
              <div
                key={group.key}
                className="divide-y divide-line overflow-hidden rounded-lg border border-line"
              >
                {group.parts.map((part) =>
                  part.kind === "reasoning" ? (
                    <ReasoningRow key={part.firstIndex} text={part.text} open={part.open} />
                  ) : (
                    <Fragment key={part.tool.tool_call_id}>
                      {requirements.all
                        .filter(
                          ({ asked, status }) =>
                            asked.tool_call_id === part.tool.tool_call_id && status !== "open",
                        )
                        .map((state) => (
                          <DecidedRow key={state.id} state={state} />
                        ))}
                      {part.tool.tool_name === BUDGET_REQUEST_NAME ? null : (
                        <ToolRow
                          tool={part.tool}
                          state={stateOf(part, view)}
                          writes={writingTools.has(part.tool.tool_name)}
                        />
                      )}
                      {part.media === undefined || view.runId === null ? null : (
                        <div className="px-3 pb-3">
                          <AttachmentList
                            label="Files of the result"
                            files={mediaFilesOf(view.runId, part.media)}
                          />
                        </div>
                      )}
                    </Fragment>
                  ),
                )}
              </div>
            );
        }
      })}
      {open.length > 0 ? <Pause open={open} reload={requirements.reload} /> : null}
      {waits && requirements.byCall === null ? (
        requirements.failed ? (
          <ErrorState
            title="What the run waits for could not be read"
            action={<Button onClick={requirements.reload}>Try again</Button>}
          />
        ) : (
          <Skeleton className="h-32 rounded-xl" />
        )
      ) : null}
      {view.status === "running" &&
      refusal === null &&
      (last === undefined || last.kind === "recovered" || last.kind === "question") ? (
        <p className="chat-writing h-5.5" aria-label="Waiting for the first words" />
      ) : null}
      {view.status === "cancelled" ? (
        <p className="flex flex-wrap items-center gap-2 text-fg-3">
          Stopped here.
          {onAskAgain === null || refusal !== null ? null : (
            <Button size="sm" onClick={onAskAgain}>
              Ask again
            </Button>
          )}
        </p>
      ) : null}
      {view.error === null ? null : view.blocked === null ? (
        <ErrorState title="The run failed" action={again}>
          {view.error}
        </ErrorState>
      ) : (
        <BlockedNote
          blocked={view.blocked}
          sentence={view.error}
          // A check that could not be made may be, and an answer may come out otherwise; the same message is the same.
          action={
            view.blocked.trigger === "validation_failed" || view.blocked.phase === "output"
              ? again
              : undefined
          }
        />
      )}
      {refusal === null ? null : (
        <ErrorState title={isCutOff ? "The rest of the answer is not here" : "Not sent"} action={again}>
          {refusal}
        </ErrorState>
      )}
    </div>
  );
}

/** A call that nobody will make any more has failed; one that is decided waits for the others of its turn. */
function stateOf(part: Extract<RunPart, { kind: "tool" }>, view: RunView): ToolState {
  if (part.state === "running" && view.status !== "running") return "failed";
  const isOpen = view.requirements.some(
    ({ tool_execution: asked }) => asked.tool_call_id === part.tool.tool_call_id,
  );
  return part.state === "waiting" && view.status === "paused" && !isOpen ? "decided" : part.state;
}

function mediaFilesOf(runId: string, media: readonly WireMedia[]): ConversationFile[] {
  return media.map((file) => ({
    filename: file.filename ?? "file",
    mediaType: file.mime_type ?? "",
    sizeBytes: file.size ?? 0,
    stored: { runId, attachmentId: file.id },
    blob: null,
  }));
}

type TextPart = Extract<RunPart, { kind: "text" }>;
type WorkPart = Extract<RunPart, { kind: "reasoning" | "tool" }>;
type Group =
  | { kind: "text"; key: number; part: TextPart }
  | { kind: "work"; key: number; parts: WorkPart[] }
  | { kind: "recovered"; key: number; after: RecoveredAfter }
  | { kind: "question"; key: number; text: string };

const WENT_ON: Record<RecoveredAfter, string> = {
  restart: "Went on after a restart",
  fault: "Tried again after a fault of the model",
  request: "Went on after the failure, as somebody asked",
};

function groupParts(parts: readonly RunPart[]): Group[] {
  const groups: Group[] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (part.kind === "text") groups.push({ kind: "text", key: part.firstIndex, part });
    else if (part.kind === "recovered")
      groups.push({ kind: "recovered", key: part.firstIndex, after: part.after });
    else if (part.kind === "question")
      groups.push({ kind: "question", key: part.firstIndex, text: part.text });
    else if (last?.kind === "work") last.parts.push(part);
    else groups.push({ kind: "work", key: part.firstIndex, parts: [part] });
  }
  return groups;
}
