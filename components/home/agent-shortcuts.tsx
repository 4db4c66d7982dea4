import { Bot } from "lucide-react";
import Link from "next/link";
import { pageHref } from "#components/shell/navigation.ts";

interface AgentShortcutsProps {
  organization: string;
  agents: readonly { id: string; name: string; line: string }[];
}

/** The agents, each a step away from a chat. */
export function AgentShortcuts({ organization, agents }: AgentShortcutsProps) {
  return (
    <ul className="divide-y divide-line">
      {agents.map((agent) => (
        <li key={agent.id} className="relative flex items-center gap-3 py-1.5 hover:bg-hover">
          <span className="grid size-6 shrink-0 place-items-center rounded-md bg-sunken text-fg-2 ring-1 ring-line ring-inset">
            <Bot aria-hidden className="size-3.5" />
          </span>
          <div className="min-w-0 flex-1">
            <Link
              href={pageHref(organization, `/chat?agent=${encodeURIComponent(agent.id)}`)}
              className="block truncate font-medium after:absolute after:inset-0"
            >
              {agent.name}
            </Link>
            <p className="truncate text-sm text-fg-3">{agent.line}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
