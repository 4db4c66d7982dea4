"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Select } from "#components/ui/select.tsx";

interface AgentFilterProps {
  /** The agent's id; empty for all. */
  value: string;
  agents: readonly { id: string; name: string }[];
  /** The address for each choice: `hrefs[id]`, and `hrefs[""]` for all. */
  hrefs: Readonly<Record<string, string>>;
}

// A select's value may not be empty.
const ALL = "*";

/** Narrows the list to one agent's sessions; the URL says which. */
export function AgentFilter({ value, agents, hrefs }: AgentFilterProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  return (
    <Select
      aria-label="Agent"
      value={value === "" ? ALL : value}
      disabled={pending}
      onValueChange={(next) => {
        const href = hrefs[next === ALL ? "" : next];
        if (href !== undefined) startTransition(() => router.replace(href, { scroll: false }));
      }}
      options={[
        { value: ALL, label: "All agents" },
        ...agents.map((agent) => ({ value: agent.id, label: agent.name })),
      ]}
      className="h-10 w-40 sm:h-7.5"
    />
  );
}
