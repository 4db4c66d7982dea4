import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { ChatScreen } from "#components/chat/chat-screen.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { scopeOf } from "#lib/core/principal.ts";
import { getConversation } from "#lib/server/get-conversation.ts";
import { listChatAgents } from "#lib/server/list-chat-agents.ts";
import { listConversations } from "#lib/server/list-conversations.ts";

const TURNS_AT_FIRST = 30;
const MOST_TURNS = 1_000;
const MOST_CONVERSATIONS = 50;

interface ChatPageProps {
  params: Promise<{ organization: string }>;
  searchParams: Promise<{ agent?: string; session?: string; turns?: string }>;
}

export const metadata: Metadata = { title: "Chat" };

/** The chat page; the address names agent and session, so that a reload comes back to both. */
export default async function ChatPage({ params, searchParams }: ChatPageProps) {
  const [{ organization }, query] = await Promise.all([params, searchParams]);
  const principal = await requirePrincipal(organization);
  const scope = scopeOf(principal);
  const limit = Math.min(
    MOST_TURNS,
    Math.max(TURNS_AT_FIRST, Math.floor(Number(query.turns)) || TURNS_AT_FIRST),
  );
  const [agents, conversations, conversation] = await Promise.all([
    listChatAgents(principal),
    listConversations(scope, { subject: principal.subject, limit: MOST_CONVERSATIONS }),
    query.session === undefined ? null : getConversation(scope, query.session, limit),
  ]);
  const agentId = conversation?.agentId ?? query.agent ?? agents[0]?.id;
  const agent = agents.find((one) => one.id === agentId);
  if (agentId === undefined) {
    return (
      <div className="p-6">
        <EmptyState title="No agents yet">Make an agent first; then talk to it here.</EmptyState>
      </div>
    );
  }
  if (agent === undefined && conversation !== null && query.session !== undefined) {
    // Its agent is gone, or closed to this reader; what was said can still be read.
    redirect(`/o/${organization}/sessions/${encodeURIComponent(query.session)}`);
  }
  if (agent === undefined) notFound();
  const sessionId = query.session ?? randomUUID();
  const earlier = conversation?.earlierCount ?? 0;
  const path = `/o/${organization}/chat?agent=${encodeURIComponent(agent.id)}&session=${encodeURIComponent(sessionId)}`;
  return (
    <ChatScreen
      key={sessionId}
      organizationSlug={organization}
      agents={agents}
      agent={agent}
      sessionId={sessionId}
      isNew={conversation === null}
      conversations={conversations}
      conversationsCut={conversations.length === MOST_CONVERSATIONS}
      forkedFrom={conversation?.forkedFrom ?? null}
      initialTurns={conversation?.turns ?? []}
      earlierHref={earlier === 0 ? null : `${path}&turns=${Math.min(MOST_TURNS, limit * 2)}`}
    />
  );
}
