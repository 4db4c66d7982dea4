import { Checkbox } from "#components/ui/checkbox.tsx";

type Phase = "input" | "output";

interface AppliesToFieldProps {
  value: readonly Phase[];
  onValueChange: (value: Phase[]) => void;
  /** What is to be known about answers. */
  hint: string;
}

const PHASES: readonly { value: Phase; label: string }[] = [
  { value: "input", label: "Messages" },
  { value: "output", label: "Answers" },
];

/** What a guardrail looks at. */
export function AppliesToField({ value, onValueChange, hint }: AppliesToFieldProps) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium">Looks at</legend>
      <div className="flex flex-wrap gap-x-5">
        {PHASES.map((phase) => (
          <label key={phase.value} className="flex min-h-11 items-center gap-2 sm:min-h-7">
            <Checkbox
              checked={value.includes(phase.value)}
              onCheckedChange={(checked) =>
                onValueChange(
                  PHASES.map((one) => one.value).filter((one) =>
                    one === phase.value ? checked === true : value.includes(one),
                  ),
                )
              }
            />
            {phase.label}
          </label>
        ))}
      </div>
      {value.includes("output") ? <p className="text-sm text-fg-3">{hint}</p> : null}
    </fieldset>
  );
}
