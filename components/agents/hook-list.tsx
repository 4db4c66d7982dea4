"use client";

import { Checkbox } from "#components/ui/checkbox.tsx";
import type { HookReference } from "#lib/core/guardrail.ts";
import type { CheckChoice } from "./agent-choices.ts";

interface HookListProps {
  label: string;
  hint?: string;
  offered: readonly CheckChoice[];
  /** In the order in which they were picked. */
  value: readonly HookReference[];
  onValueChange: (value: HookReference[]) => void;
  error: string | undefined;
  withoutBackground?: boolean;
}

/** Picks what of the code an agent uses. Shows nothing where the code has none. */
export function HookList({
  label,
  hint,
  offered,
  value,
  onValueChange,
  error,
  withoutBackground,
}: HookListProps) {
  const gone = value.filter(({ name }) => !offered.some((choice) => choice.name === name));
  const rows = [
    ...offered,
    ...gone.map(({ name }) => ({ name, title: name, description: "This is not here any more." })),
  ];
  if (rows.length === 0) return null;
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-medium">{label}</legend>
      <ul className="divide-y divide-line rounded-lg border border-line-2">
        {rows.map(({ name, title, description }) => {
          const picked = value.find((one) => one.name === name);
          return (
            <li key={name} className="flex min-h-12 flex-wrap items-center gap-x-3 px-3 py-1.5 sm:min-h-9.5">
              <label className="flex min-w-0 flex-1 cursor-pointer items-center gap-3">
                <Checkbox
                  checked={picked !== undefined}
                  onCheckedChange={(checked) =>
                    onValueChange(
                      checked === true
                        ? [...value, { name, background: false }]
                        : value.filter((one) => one.name !== name),
                    )
                  }
                />
                <span className="shrink-0 font-[450]">{title}</span>
                <span className="min-w-0 text-fg-3 max-sm:text-sm sm:truncate">{description}</span>
              </label>
              {picked === undefined || withoutBackground === true ? null : (
                <label
                  className="flex items-center gap-2 text-fg-2"
                  title="After the reply; it then changes nothing."
                >
                  <Checkbox
                    checked={picked.background}
                    onCheckedChange={(checked) =>
                      onValueChange(
                        value.map((one) =>
                          one.name === name ? { ...one, background: checked === true } : one,
                        ),
                      )
                    }
                  />
                  In the background
                </label>
              )}
            </li>
          );
        })}
      </ul>
      {hint === undefined ? null : <p className="mt-1.5 text-sm text-fg-3">{hint}</p>}
      {error === undefined ? null : <p className="mt-1.5 text-sm text-failed-text">{error}</p>}
    </fieldset>
  );
}
