import { RotateCcw } from "lucide-react";
import type { RunPart, RunView } from "#lib/core/run-view.ts";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { Markdown } from "./markdown.tsx";
import { ReasoningRow } from "./reasoning-row.tsx";
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
  const groups = groupParts(view.parts);
  const last = view.parts.at(-1);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {groups.map((group) => {
        switch (group.kind) {
          case "text":
            return (
              <div
                key={group.key}
                className={view.status === "running" && group.part === last ? "chat-writing" : undefined}
              >
                <Markdown text={group.part.text} />
              </div>
            );
          case "recovered":
            return (
              <p key={group.key} className="flex items-center gap-1.5 text-sm text-fg-3">
                <RotateCcw aria-hidden className="size-3.5 shrink-0" />
                Went on after a restart
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
                    <ToolRow
                      key={part.firstIndex}
                      tool={part.tool}
                      state={part.state === "running" && view.status !== "running" ? "failed" : part.state}
                      writes={writingTools.has(part.tool.tool_name)}
                    />
                  ),
                )}
              </div>
            );
        }
      })}
      {view.status === "running" && refusal === null && (last === undefined || last.kind === "recovered") ? (
        <p className="chat-writing h-5.5" aria-label="Waiting for the first words" />
      ) : null}
      {view.status === "cancelled" ? <p className="text-fg-3">Stopped here.</p> : null}
      {view.error === null ? null : (
        <ErrorState title="The run failed" action={again}>
          {view.error}
        </ErrorState>
      )}
      {refusal === null ? null : (
        <ErrorState title={isCutOff ? "The rest of the answer is not here" : "Not sent"} action={again}>
          {refusal}
        </ErrorState>
      )}
    </div>
  );
}

type TextPart = Extract<RunPart, { kind: "text" }>;
type WorkPart = Extract<RunPart, { kind: "reasoning" | "tool" }>;
type Group =
  | { kind: "text"; key: number; part: TextPart }
  | { kind: "work"; key: number; parts: WorkPart[] }
  | { kind: "recovered"; key: number };

function groupParts(parts: readonly RunPart[]): Group[] {
  const groups: Group[] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (part.kind === "text") groups.push({ kind: "text", key: part.firstIndex, part });
    else if (part.kind === "recovered") groups.push({ kind: "recovered", key: part.firstIndex });
    else if (last?.kind === "work") last.parts.push(part);
    else groups.push({ kind: "work", key: part.firstIndex, parts: [part] });
  }
  return groups;
}
