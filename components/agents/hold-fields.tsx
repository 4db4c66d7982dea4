"use client";

import { Select } from "#components/ui/select.tsx";
import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import type { ToolChoice } from "./agent-choices.ts";
import { type HoldChoice, holdChoiceOf, settingsOfHold } from "./hold-choice.ts";

type AllSettings = AgentDefinition["tool_settings"];

interface HoldFieldsProps {
  /** The names of the tools that are picked. */
  picked: readonly string[];
  tools: readonly ToolChoice[];
  value: AllSettings;
  onValueChange: (value: AllSettings) => void;
}

const OPTIONS: readonly { value: HoldChoice; label: string }[] = [
  { value: "none", label: "Runs at once" },
  { value: "confirmation", label: "Waits for a yes" },
  { value: "approval", label: "Waits for an approval" },
  { value: "input", label: "A person fills it in" },
  { value: "external", label: "Done elsewhere" },
];

/** What each picked tool waits for before it runs. */
export function HoldFields({ picked, tools, value, onValueChange }: HoldFieldsProps) {
  const rows = tools.filter(({ name }) => picked.includes(name));
  if (rows.length === 0) return null;

  function change(name: string, choice: string) {
    const { [name]: before, ...others } = value;
    const option = OPTIONS.find((each) => each.value === choice);
    if (option === undefined) return;
    const settings = settingsOfHold(option.value, before);
    onValueChange(settings === null ? others : { ...others, [name]: settings });
  }

  return (
    <section aria-label="What calls wait for">
      <p className="mb-1 font-medium">What calls wait for</p>
      <ul className="flex flex-col gap-2">
        {rows.map(({ name, title }) => (
          <li key={name} className="flex items-center justify-between gap-3">
            <span className="min-w-0 truncate text-fg-2">{title}</span>
            <Select
              aria-label={`${title} waits for`}
              value={holdChoiceOf(value[name])}
              onValueChange={(choice) => change(name, choice)}
              options={OPTIONS}
              className="w-52 shrink-0"
            />
          </li>
        ))}
      </ul>
      <p className="mt-1.5 text-sm text-fg-3">Approval policies can ask for more, for all agents.</p>
    </section>
  );
}
