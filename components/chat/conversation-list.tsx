"use client";

import { SquarePen } from "lucide-react";
import Link from "next/link";
import { useRef, useState, useEffect } from "react";
import type { ChatAgent, ConversationSummary } from "./chat-data.ts";
import { cn } from "../ui/class-names.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Input } from "../ui/input.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";
import { Status } from "../ui/status.tsx";

interface ConversationListProps {
  conversations: readonly ConversationSummary[];
  agents: readonly ChatAgent[];
  activeSessionId: string;
  /** The chat page's address, without query. */
  chatPath: string;
  newHref: string;
  /** Called when one was chosen; closes the drawer on a phone. */
  onNavigate?: () => void;
}

/** Recent conversations, newest first, with a filter by title or agent. */
export function ConversationList({
  conversations,
  agents,
  activeSessionId,
  chatPath,
  newHref,
  onNavigate,
}: ConversationListProps) {
  const [filter, setFilter] = useState("");
  const search = useRef<HTMLInputElement>(null);
  const names = new Map(agents.map((agent) => [agent.id, agent.name]));
  const wanted = filter.trim().toLowerCase();
  const shown = conversations.filter(
    (one) =>
      wanted === "" ||
      one.title.toLowerCase().includes(wanted) ||
      (names.get(one.agentId) ?? one.agentId).toLowerCase().includes(wanted),
  );

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (
        event.key !== "/" ||
        event.target instanceof HTMLInputElement ||
        event.target instanceof HTMLTextAreaElement
      )
        return;
      event.preventDefault();
      search.current?.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex items-center gap-2 p-3">
        <Input
          ref={search}
          type="search"
          value={filter}
          aria-label="Find a conversation"
          placeholder="Find a conversation"
          onChange={(event) => setFilter(event.target.value)}
        />
        <IconButton label="New chat" shortcut={["c"]} variant="secondary" asChild>
          <Link href={newHref} onClick={onNavigate}>
            <SquarePen />
          </Link>
        </IconButton>
      </div>
      <nav aria-label="Conversations" className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        {conversations.length === 0 ? (
          <EmptyState title="No conversations yet" className="m-1">
            They appear here once a first message is sent.
          </EmptyState>
        ) : shown.length === 0 ? (
          <p className="px-2 py-3 text-fg-2">No conversation matches “{filter}”.</p>
        ) : (
          <ul className="flex flex-col gap-px">
            {shown.map((one) => (
              <li key={one.sessionId}>
                <Link
                  href={`${chatPath}?agent=${encodeURIComponent(one.agentId)}&session=${encodeURIComponent(one.sessionId)}`}
                  onClick={onNavigate}
                  aria-current={one.sessionId === activeSessionId ? "page" : undefined}
                  className={cn(
                    "flex h-14 flex-col justify-center rounded-md px-2 hover:bg-hover",
                    one.sessionId === activeSessionId && "bg-active hover:bg-active",
                  )}
                >
                  <span className="flex items-center gap-2">
                    <span className="min-w-0 flex-1 truncate">{one.title}</span>
                    {one.running ? <Status kind="running" iconOnly /> : null}
                  </span>
                  <span className="flex items-center gap-2 text-sm text-fg-3">
                    <span className="min-w-0 flex-1 truncate">{names.get(one.agentId) ?? one.agentId}</span>
                    <RelativeTime value={one.updatedAtMs} className="shrink-0" />
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </nav>
    </div>
  );
}
