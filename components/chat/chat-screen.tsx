"use client";

import { Info, MessagesSquare } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useConversation } from "#lib/client/use-conversation.ts";
import type { ConversationTurn } from "#lib/core/conversation.ts";
import { formatCount } from "#lib/core/format-count.ts";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { IdChip } from "../ui/id-chip.tsx";
import { Sheet } from "../ui/sheet.tsx";
import type { ChatAgent, ConversationSummary } from "./chat-data.ts";
import { Composer } from "./composer.tsx";
import { ConversationList } from "./conversation-list.tsx";
import { EmptyThread } from "./empty-thread.tsx";
import { AgentPicker } from "./agent-picker.tsx";
import { Thread } from "./thread.tsx";

interface ChatScreenProps {
  organizationSlug: string;
  agents: readonly ChatAgent[];
  agent: ChatAgent;
  sessionId: string;
  /** The session has not been saved yet. */
  isNew: boolean;
  conversations: readonly ConversationSummary[];
  initialTurns: readonly ConversationTurn[];
  earlierHref: string | null;
}

/** The chat page: conversations on the left, the thread, and the composer at its foot. */
export function ChatScreen(props: ChatScreenProps) {
  const { organizationSlug, agent, agents, sessionId, isNew } = props;
  const router = useRouter();
  const [drawerOpen, setDrawerOpen] = useState(false);
  const connection = useMemo(
    () => ({ baseUrl: "/api", headers: { "x-gatehouse-organization": organizationSlug } }),
    [organizationSlug],
  );
  const conversation = useConversation({
    connection,
    agentId: agent.id,
    sessionId,
    initialTurns: props.initialTurns,
  });
  const writingTools = useMemo(() => new Set(agent.writingTools), [agent.writingTools]);
  const chatPath = `/o/${organizationSlug}/chat`;
  const newHref = `${chatPath}?agent=${encodeURIComponent(agent.id)}`;
  const { busy, send } = conversation;

  const ask = useCallback(
    (question: string, files: readonly File[]) => {
      send(question, files);
      // The address names the session from the first message on, so that a reload comes back to it.
      window.history.replaceState(null, "", `${newHref}&session=${encodeURIComponent(sessionId)}`);
    },
    [send, newHref, sessionId],
  );

  // The list on the left is the server's; it has something new to say when a run has ended.
  const wasBusy = useRef(false);
  useEffect(() => {
    if (wasBusy.current && !busy) router.refresh();
    wasBusy.current = busy;
  }, [busy, router]);

  const tokens = conversation.turns.reduce((sum, turn) => sum + (turn.view.metrics?.total_tokens ?? 0), 0);
  const list = (
    <ConversationList
      conversations={props.conversations}
      agents={agents}
      activeSessionId={sessionId}
      chatPath={chatPath}
      newHref={newHref}
      onNavigate={() => setDrawerOpen(false)}
    />
  );

  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex h-13 shrink-0 items-center gap-2 border-b border-line px-4 sm:h-12 sm:px-6">
        <IconButton label="Conversations" className="md:hidden" onClick={() => setDrawerOpen(true)}>
          <MessagesSquare />
        </IconButton>
        <h1 className="sr-only">Chat with {agent.name}</h1>
        <AgentPicker agents={agents} agentId={agent.id} chatPath={chatPath} />
        <span className="flex-1" />
        {conversation.turns.length === 0 ? null : (
          <>
            <span className="hidden sm:inline">
              <IdChip id={sessionId} />
            </span>
            <span className="hidden text-sm text-fg-2 tabular-nums sm:inline">
              {formatCount(tokens)} tokens
            </span>
            {isNew && conversation.turns.every((turn) => turn.view.runId === null) ? null : (
              <Button asChild variant="ghost">
                <Link href={`/o/${organizationSlug}/sessions/${encodeURIComponent(sessionId)}`}>
                  <Info aria-hidden />
                  Details
                </Link>
              </Button>
            )}
          </>
        )}
      </header>
      <div className="flex min-h-0 flex-1">
        <aside className="hidden w-64 shrink-0 border-r border-line md:block">{list}</aside>
        <Sheet open={drawerOpen} onOpenChange={setDrawerOpen} title="Conversations" side="left">
          {list}
        </Sheet>
        <section aria-label="Thread" className="flex min-w-0 flex-1 flex-col">
          {conversation.turns.length === 0 ? (
            <EmptyThread agent={agent} onPrompt={(prompt) => ask(prompt, [])} />
          ) : (
            <Thread
              turns={conversation.turns}
              agentName={agent.name}
              writingTools={writingTools}
              scripted={agent.scripted}
              earlierHref={props.earlierHref}
            />
          )}
          <Composer
            agentName={agent.name}
            busy={busy}
            reconnecting={conversation.reconnecting}
            lastQuestion={conversation.turns.at(-1)?.question ?? null}
            onSend={ask}
            onStop={conversation.stop}
          />
        </section>
      </div>
    </div>
  );
}
