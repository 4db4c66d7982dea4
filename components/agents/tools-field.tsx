"use client";

import { useId } from "react";
import { Checkbox } from "#components/ui/checkbox.tsx";
import type { ToolChoice } from "./agent-choices.ts";
import { EffectBadge } from "./effect-badge.tsx";

interface ToolsFieldProps {
  value: readonly string[];
  onValueChange: (value: string[]) => void;
  tools: readonly ToolChoice[];
  error: string | undefined;
}

/** Picks the tools of an agent; each row says what the tool does and to what. */
export function ToolsField({ value, onValueChange, tools, error }: ToolsFieldProps) {
  const id = useId();
  const gone = value.filter((name) => !tools.some((tool) => tool.name === name));
  const rows = [
    ...tools,
    ...gone.map((name) => ({
      name,
      title: name,
      description: "This tool is not here any more.",
      effect: null,
    })),
  ];

  function toggle(name: string, picked: boolean) {
    onValueChange(picked ? [...value, name] : value.filter((other) => other !== name));
  }

  return (
    <fieldset aria-describedby={error === undefined ? undefined : `${id}-error`} className="min-w-0">
      <legend className="sr-only">Tools</legend>
      <ul className="divide-y divide-line rounded-lg border border-line-2">
        {rows.map((tool) => (
          <li key={tool.name}>
            <label className="grid min-h-12 cursor-pointer grid-cols-[16px_minmax(0,1fr)_auto] items-center gap-x-3 px-3 py-1.5 hover:bg-hover sm:min-h-9.5 sm:grid-cols-[16px_150px_minmax(0,1fr)_auto]">
              <Checkbox
                checked={value.includes(tool.name)}
                onCheckedChange={(checked) => toggle(tool.name, checked === true)}
              />
              <span className="truncate font-[450]">{tool.title}</span>
              <span className="text-fg-3 max-sm:col-start-2 max-sm:row-start-2 max-sm:text-sm sm:line-clamp-2">
                {tool.description}
              </span>
              <span className="max-sm:col-start-3 max-sm:row-start-1">
                {tool.effect === null ? null : <EffectBadge effect={tool.effect} />}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {error === undefined ? null : (
        <p id={`${id}-error`} className="mt-1.5 text-sm text-failed-text">
          {error}
        </p>
      )}
    </fieldset>
  );
}
