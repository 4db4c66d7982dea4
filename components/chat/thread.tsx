"use client";

import { ArrowDown, GitFork } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { useStickToBottom } from "use-stick-to-bottom";
import type { ConversationTurn } from "#lib/core/conversation.ts";
import type { JsonObject } from "#lib/core/json.ts";
import { Button } from "../ui/button.tsx";
import { FollowupList } from "./followup-list.tsx";
import { SpokenAnswer } from "./spoken-answer.tsx";
import type { TurnActions } from "./turn-actions.ts";
import { Turn } from "./turn.tsx";

interface ThreadProps {
  turns: readonly ConversationTurn[];
  agentName: string;
  writingTools: ReadonlySet<string>;
  scripted: boolean;
  inputSchema: JsonObject | null;
  /** The conversation that this one began as; null for one that began itself. */
  forkedFrom: { href: string; title: string } | null;
  actions: TurnActions;
  /** Where the turns before the first one shown are; null when all are here. */
  earlierHref: string | null;
  /** Asks the question of the last turn again; null while an answer is being written. */
  onAskAgain: ((turn: ConversationTurn) => void) | null;
  /** Asks a question that the last answer suggests; null while an answer is being written. */
  onFollowup: ((question: string) => void) | null;
}

/** The conversation; stays at its end while the reader is there. */
export function Thread(props: ThreadProps) {
  const { turns, agentName, earlierHref, forkedFrom, onAskAgain, onFollowup } = props;
  const { scrollRef, contentRef, isAtBottom, scrollToBottom } = useStickToBottom({
    initial: "instant",
    resize: "instant",
  });
  // Who asks wants to see the answer, wherever they had scrolled to.
  const count = turns.length;
  const countBefore = useRef(count);
  useEffect(() => {
    if (count > countBefore.current) void scrollToBottom("instant");
    countBefore.current = count;
  }, [count, scrollToBottom]);
  const thread = useRef<HTMLDivElement>(null);
  const last = turns.at(-1);
  const [endedBefore] = useState(() => new Set(turns.filter(hasEnded).map((turn) => turn.key)));
  const isNews = last !== undefined && hasEnded(last) && !endedBefore.has(last.key);
  return (
    <div ref={thread} className="relative min-h-0 flex-1">
      <div
        ref={scrollRef}
        role="region"
        aria-label={`Conversation with ${agentName}`}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard.
        tabIndex={0}
        className="h-full overflow-y-auto overscroll-contain outline-offset-[-2px]"
      >
        <div ref={contentRef} className="mx-auto flex w-full max-w-[792px] flex-col gap-8 px-4 py-6 sm:px-6">
          {earlierHref === null ? null : (
            <a href={earlierHref} className="self-center text-sm text-accent-text hover:underline">
              Show earlier messages
            </a>
          )}
          {forkedFrom === null ? null : (
            <p className="flex min-w-0 items-center gap-1.5 text-sm text-fg-2">
              <GitFork aria-hidden className="size-3.5 shrink-0" />
              <span className="min-w-0 truncate">
                Forked from{" "}
                <Link href={forkedFrom.href} className="text-accent-text hover:underline">
                  {forkedFrom.title}
                </Link>
              </span>
            </p>
          )}
          {turns.map((turn) => (
            <Turn
              key={turn.key}
              turn={turn}
              agentName={agentName}
              inputSchema={props.inputSchema}
              writingTools={props.writingTools}
              scripted={props.scripted}
              isLast={turn === last}
              isCut={earlierHref !== null && turn === turns[0]}
              actions={props.actions}
              onAskAgain={turn === last ? onAskAgain : null}
            />
          ))}
          {onFollowup === null || last === undefined || last.view.followups.length === 0 ? null : (
            <FollowupList followups={last.view.followups} onAsk={onFollowup} />
          )}
        </div>
      </div>
      <SpokenAnswer endedKey={isNews ? last.key : null} thread={thread} />
      {isAtBottom ? null : (
        <Button
          className="absolute bottom-2 left-1/2 -translate-x-1/2 shadow-2"
          onClick={() => void scrollToBottom()}
        >
          <ArrowDown aria-hidden />
          Jump to latest
        </Button>
      )}
    </div>
  );
}

function hasEnded(turn: ConversationTurn): boolean {
  return turn.view.status !== "running" && turn.view.status !== "paused";
}
