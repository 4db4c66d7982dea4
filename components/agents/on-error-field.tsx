import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";

interface OnErrorFieldProps {
  value: "block" | "allow";
  onValueChange: (value: "block" | "allow") => void;
}

const OPTIONS = [
  { value: "block", label: "Let nothing through" },
  { value: "allow", label: "Go on without it" },
] as const;

/** What happens when a check cannot be made. */
export function OnErrorField({ value, onValueChange }: OnErrorFieldProps) {
  return (
    <Field label="When the check cannot be made">
      <Select
        value={value}
        onValueChange={(picked) => onValueChange(picked === "allow" ? "allow" : "block")}
        options={OPTIONS}
      />
    </Field>
  );
}
