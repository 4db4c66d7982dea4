"use client";

import { useRouter } from "next/navigation";
import { Combobox } from "../ui/combobox.tsx";
import type { ChatAgent } from "./chat-data.ts";

interface AgentPickerProps {
  agents: readonly ChatAgent[];
  agentId: string;
  chatPath: string;
}

/** Chooses whom to talk to; another agent means a new conversation. */
export function AgentPicker({ agents, agentId, chatPath }: AgentPickerProps) {
  const router = useRouter();
  return (
    <div className="w-52 min-w-0 sm:w-60">
      <Combobox
        aria-label="Agent"
        value={agentId}
        placeholder="Choose an agent"
        searchPlaceholder="Find an agent"
        empty="No agent has this name."
        options={agents.map((agent) => ({
          value: agent.id,
          label: agent.name,
          hint: agent.scripted ? "scripted" : undefined,
        }))}
        onValueChange={(value) => {
          if (value !== agentId) router.push(`${chatPath}?agent=${encodeURIComponent(value)}`);
        }}
      />
    </div>
  );
}
