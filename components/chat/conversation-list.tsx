"use client";

import { ArrowRight, CircleAlert, SquarePen } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState, useSyncExternalStore } from "react";
import { SearchBox } from "../shell/search-box.tsx";
import { useShortcut } from "../shell/shortcut-context.ts";
import type { ChatAgent, ConversationSummary } from "./chat-data.ts";
import { conversationGroups } from "./conversation-groups.ts";
import { cn } from "../ui/class-names.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";
import { Status } from "../ui/status.tsx";

interface ConversationListProps {
  conversations: readonly ConversationSummary[];
  agents: readonly ChatAgent[];
  activeSessionId: string;
  /** The chat page's address, without query. */
  chatPath: string;
  newHref: string;
  /** Where the conversations are that this list leaves out; null when it leaves out none. */
  allHref: string | null;
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
  allHref,
  onNavigate,
}: ConversationListProps) {
  const [filter, setFilter] = useState("");
  const router = useRouter();
  const names = new Map(agents.map((agent) => [agent.id, agent.name]));
  const wanted = filter.trim().toLowerCase();
  const shown = conversations.filter(
    (one) =>
      wanted === "" ||
      one.title.toLowerCase().includes(wanted) ||
      (names.get(one.agentId) ?? one.agentId).toLowerCase().includes(wanted),
  );

  const [nowMs] = useState(() => Date.now());
  const timeZone = useSyncExternalStore(neverChanges, ownTimeZone, () => "UTC");
  const groups = conversationGroups(shown, Math.max(nowMs, shown[0]?.updatedAtMs ?? 0), timeZone);

  useShortcut({ keys: "c", label: "New chat", group: "Do", run: () => router.push(newHref) });

  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex items-center gap-2 p-3">
        <SearchBox
          label="Find a conversation"
          value={filter}
          onValueChange={setFilter}
          className="min-w-0 flex-1"
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
          <p className="px-2 py-3 text-fg-2">
            {allHref === null ? "No conversation" : "None of the newest conversations"} matches “{filter}”.
          </p>
        ) : (
          groups.map((group) => (
            <section key={group.title} aria-label={group.title}>
              <h2 className="px-2 pt-2 pb-1 text-xs font-medium text-fg-3">{group.title}</h2>
              <ul className="flex flex-col gap-px">
                {group.conversations.map((one) => (
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
                        {one.failed ? (
                          <span className="shrink-0 text-fg-3" title="Its last run failed">
                            <CircleAlert aria-hidden className="size-3.5" />
                            <span className="sr-only">Its last run failed</span>
                          </span>
                        ) : null}
                        {one.waiting ? <Status kind="needs" iconOnly /> : null}
                      </span>
                      <span className="flex items-center gap-2 text-sm text-fg-3">
                        <span className="min-w-0 flex-1 truncate">
                          {names.get(one.agentId) ?? one.agentId}
                        </span>
                        <RelativeTime short value={one.updatedAtMs} className="shrink-0" />
                      </span>
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          ))
        )}
        {allHref === null ? null : (
          <Link
            href={wanted === "" ? allHref : `${allHref}?q=${encodeURIComponent(filter.trim())}`}
            onClick={onNavigate}
            className="mt-1 flex h-11 items-center gap-1.5 rounded-md px-2 text-fg-2 hover:bg-hover hover:text-fg sm:h-8"
          >
            {wanted === "" ? "All sessions" : "Search all sessions"}
            <ArrowRight aria-hidden className="size-3.5" />
          </Link>
        )}
      </nav>
    </div>
  );
}

function neverChanges(): () => void {
  return () => undefined;
}

function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
