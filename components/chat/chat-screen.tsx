"use client";

import { Info, MessagesSquare } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useConversation } from "#lib/client/use-conversation.ts";
import type { ConversationTurn } from "#lib/core/conversation.ts";
import { formatCount } from "#lib/core/format-count.ts";
import { formatMoney } from "#lib/core/format-money.ts";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { IdChip } from "../ui/id-chip.tsx";
import { Sheet } from "../ui/sheet.tsx";
import type { ChatAgent, ConversationSummary } from "./chat-data.ts";
import { Composer, COMPOSER_ID } from "./composer.tsx";
import { ConversationList } from "./conversation-list.tsx";
import { EmptyThread } from "./empty-thread.tsx";
import { FormComposer } from "./form-composer.tsx";
import { useTurnActions } from "./use-turn-actions.ts";
import { withOpenConversation } from "./with-open-conversation.ts";
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
  /** There are more conversations than these. */
  conversationsCut: boolean;
  initialTurns: readonly ConversationTurn[];
  /** The session that this one began as; the title is null when it is gone. */
  forkedFrom: { sessionId: string; title: string | null } | null;
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
  const { busy, waiting, send, askAgain } = conversation;

  const ask = useCallback(
    (question: string, files: readonly File[], onRefused?: (error: unknown) => boolean) => {
      send(question, files, onRefused);
      // The address names the session from the first message on, so that a reload comes back to it.
      window.history.replaceState(null, "", `${newHref}&session=${encodeURIComponent(sessionId)}`);
    },
    [send, newHref, sessionId],
  );
  const actions = useTurnActions({
    connection,
    conversation,
    agentId: agent.id,
    sessionId,
    agentHref: newHref,
    writesText: agent.inputSchema === null,
  });
  const retry = useCallback(
    (turn: ConversationTurn) => {
      askAgain(turn);
      // The button that was pressed goes away.
      document.getElementById(COMPOSER_ID)?.focus();
    },
    [askAgain],
  );

  const askFollowup = useCallback(
    (question: string) => {
      ask(question, []);
      // The button that was pressed goes away.
      document.getElementById(COMPOSER_ID)?.focus();
    },
    [ask],
  );

  // The list on the left is the server's; it has something new to say when a run has ended.
  const wasBusy = useRef(false);
  useEffect(() => {
    if (wasBusy.current && !busy) router.refresh();
    wasBusy.current = busy;
  }, [busy, router]);

  // The card that was decided goes away, and the focus with it.
  const wasWaiting = useRef(false);
  useEffect(() => {
    if (wasWaiting.current && !waiting && document.activeElement === document.body) {
      document.getElementById(COMPOSER_ID)?.focus();
    }
    wasWaiting.current = waiting;
  }, [waiting]);

  const last = conversation.turns.at(-1);
  const forkedFrom =
    props.forkedFrom === null || props.forkedFrom.title === null
      ? null
      : {
          href: `${newHref}&session=${encodeURIComponent(props.forkedFrom.sessionId)}`,
          title: props.forkedFrom.title === "" ? "an untitled conversation" : props.forkedFrom.title,
        };
  const conversations = useMemo(
    () =>
      withOpenConversation(props.conversations, {
        sessionId,
        agentId: agent.id,
        turns: conversation.turns,
        busy,
        waiting,
      }),
    [props.conversations, sessionId, agent.id, conversation.turns, busy, waiting],
  );
  const list = (
    <ConversationList
      conversations={conversations}
      agents={agents}
      activeSessionId={sessionId}
      chatPath={chatPath}
      newHref={newHref}
      allHref={props.conversationsCut ? `/o/${organizationSlug}/sessions` : null}
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
            <Totals turns={conversation.turns} />
            <span className="hidden sm:inline">
              <IdChip id={sessionId} prefix="session" />
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
            <EmptyThread
              agent={agent}
              takesText={agent.inputSchema === null}
              onPrompt={(prompt) => ask(prompt, [])}
            />
          ) : (
            <Thread
              turns={conversation.turns}
              agentName={agent.name}
              writingTools={writingTools}
              scripted={agent.scripted}
              inputSchema={agent.inputSchema}
              forkedFrom={forkedFrom}
              actions={actions}
              earlierHref={props.earlierHref}
              onAskAgain={busy ? null : retry}
              onFollowup={busy || agent.inputSchema !== null ? null : askFollowup}
            />
          )}
          {agent.inputSchema === null ? (
            <Composer
              agentName={agent.name}
              draftKey={isNew && last === undefined ? `new.${agent.id}` : sessionId}
              busy={busy}
              waiting={waiting}
              complete={busy && last?.view.suggesting === true}
              reconnecting={conversation.reconnecting}
              startedAtMs={busy ? (last?.askedAtMs ?? null) : null}
              lastQuestion={last?.question ?? null}
              onSend={ask}
              onStop={conversation.stop}
            />
          ) : (
            <FormComposer
              agentName={agent.name}
              schema={agent.inputSchema}
              busy={busy}
              waiting={waiting}
              reconnecting={conversation.reconnecting}
              startedAtMs={busy ? (last?.askedAtMs ?? null) : null}
              folded={conversation.turns.length > 0}
              onSend={(message, onRefused) => ask(message, [], onRefused)}
              onStop={conversation.stop}
            />
          )}
        </section>
      </div>
    </div>
  );
}

function Totals({ turns }: { turns: readonly ConversationTurn[] }) {
  const tokens = turns.reduce((sum, turn) => sum + (turn.view.metrics?.total_tokens ?? 0), 0);
  const cost = turns.reduce((sum, turn) => sum + (turn.view.metrics?.cost ?? 0), 0);
  return (
    <span className="hidden items-center gap-3 text-sm text-fg-2 tabular-nums sm:flex">
      {tokens === 0 ? null : <span>{formatCount(tokens)} tokens</span>}
      {cost === 0 ? null : <span>{formatMoney(Math.round(cost * 1_000_000))}</span>}
    </span>
  );
}
