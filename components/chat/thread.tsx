"use client";

import { ArrowDown } from "lucide-react";
import { useStickToBottom } from "use-stick-to-bottom";
import type { ConversationTurn } from "#lib/core/conversation.ts";
import { Button } from "../ui/button.tsx";
import { Turn } from "./turn.tsx";

interface ThreadProps {
  turns: readonly ConversationTurn[];
  agentName: string;
  writingTools: ReadonlySet<string>;
  scripted: boolean;
  /** Where the turns before the first one shown are; null when all are here. */
  earlierHref: string | null;
}

/** The conversation; stays at its end while the reader is there. */
export function Thread({ turns, agentName, writingTools, scripted, earlierHref }: ThreadProps) {
  const { scrollRef, contentRef, isAtBottom, scrollToBottom } = useStickToBottom({
    initial: "instant",
    resize: "instant",
  });
  return (
    <div className="relative min-h-0 flex-1">
      <div ref={scrollRef} className="h-full overflow-y-auto overscroll-contain">
        <div
          ref={contentRef}
          role="log"
          aria-label={`Conversation with ${agentName}`}
          className="mx-auto flex w-full max-w-[792px] flex-col gap-8 px-4 py-6 sm:px-6"
        >
          {earlierHref === null ? null : (
            <a href={earlierHref} className="self-center text-sm text-accent-text hover:underline">
              Show earlier messages
            </a>
          )}
          {turns.map((turn) => (
            <Turn
              key={turn.key}
              turn={turn}
              agentName={agentName}
              writingTools={writingTools}
              scripted={scripted}
            />
          ))}
        </div>
      </div>
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
