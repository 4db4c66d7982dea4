import { Bot } from "lucide-react";
import { memo } from "react";
import type { ConversationTurn } from "#lib/core/conversation.ts";
import { inputPreview } from "#lib/core/input-preview.ts";
import type { JsonObject } from "#lib/core/json.ts";
import type { RunView } from "#lib/core/run-view.ts";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Status } from "../ui/status.tsx";
import { Answer } from "./answer.tsx";
import { AnswerFooter } from "./answer-footer.tsx";
import type { TurnActions } from "./turn-actions.ts";
import { TURN_GRID, TurnMark } from "./turn-mark.tsx";
import { TurnQuestion } from "./turn-question.tsx";
import { useShownVersion } from "./use-shown-version.ts";

interface TurnProps {
  turn: ConversationTurn;
  agentName: string;
  /** What the agent's questions look like; null for text. */
  inputSchema: JsonObject | null;
  writingTools: ReadonlySet<string>;
  /** A scripted model answers, which costs nothing; otherwise a missing cost is an unknown one. */
  scripted: boolean;
  isLast: boolean;
  /** What came before this turn is not all on the page. */
  isCut: boolean;
  actions: TurnActions;
  /** Asks this question again; null for all but the last turn, and while an answer is being written. */
  onAskAgain: ((turn: ConversationTurn) => void) | null;
}

/** A question with its answer, both hung from the same left edge. */
export const Turn = memo(function Turn(props: TurnProps) {
  const { turn, agentName, inputSchema, writingTools, scripted, isLast, isCut, actions, onAskAgain } = props;
  const version = useShownVersion(turn, actions.readVersion);
  const question = version.other?.question ?? turn.question;
  const view = version.other?.view ?? turn.view;
  const isOwn = version.other === null && !version.loading && !version.failed;
  const refusal = isOwn ? turn.refusal : null;
  const running = view.status === "running" && refusal === null;
  const waiting = view.status === "paused" && refusal === null;
  const isAsked = turn.refusal === null && turn.standingRunId !== null;
  // An earlier question goes on in a conversation of its own, which begins with what is before it.
  const mayEdit = isOwn && isAsked && actions.edit !== null && (isLast || !isCut);
  return (
    <article aria-label={inputPreview(question).slice(0, 80)} className="flex flex-col gap-6">
      <TurnQuestion
        question={question}
        turn={turn}
        schema={inputSchema}
        isLast={isLast}
        onEdit={mayEdit ? actions.edit : null}
      />
      <section className={TURN_GRID}>
        <TurnMark>
          <Bot aria-hidden className="size-3.5" />
        </TurnMark>
        <div className="min-w-0">
          <header className="flex h-6 items-center gap-2">
            <h3 className="truncate font-semibold">{agentName}</h3>
            {running ? <Status kind="running" label={stage(view)} /> : null}
            {waiting ? <Waiting view={view} /> : null}
          </header>
          {version.loading ? (
            <Skeleton className="h-16 rounded-md" />
          ) : version.failed ? (
            <ErrorState
              title="This version could not be read"
              action={<Button onClick={() => version.show(version.at)}>Try again</Button>}
            />
          ) : (
            <Answer
              view={view}
              refusal={refusal}
              writingTools={writingTools}
              onAskAgain={onAskAgain === null || !isOwn ? null : () => onAskAgain(turn)}
            />
          )}
          {isOwn && isLost(turn) ? (
            <p className="mt-2 text-sm text-fg-2">
              The answer before it still stands; what you ask next follows on from that one.
            </p>
          ) : null}
          <AnswerFooter
            turn={turn}
            view={view}
            scripted={scripted}
            version={version}
            isLast={isLast}
            actions={isAsked ? actions : null}
          />
        </div>
      </section>
    </article>
  );
});

/** An attempt that did not come to its end. */
function isLost({ view, standingRunId }: ConversationTurn): boolean {
  return (
    (view.status === "failed" || view.status === "cancelled") &&
    standingRunId !== null &&
    standingRunId !== view.runId
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

function stage(view: RunView): string {
  if (view.suggesting) return "Suggesting follow-ups";
  const last = view.parts.at(-1);
  if (last === undefined) return "Starting";
  switch (last.kind) {
    case "recovered":
    case "question":
      return "Starting";
    case "text":
      return "Writing";
    case "reasoning":
      return "Thinking";
    case "tool":
      return last.state === "running" ? `Running ${last.tool.tool_name}` : "Reading the result";
  }
}
