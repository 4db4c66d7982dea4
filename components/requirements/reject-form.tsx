"use client";

import { useForm } from "react-hook-form";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Kbd } from "#components/ui/kbd.tsx";

interface RejectFormProps {
  /** "Reject", or another word for it. */
  verb: string;
  /** What becomes of the reason. */
  hint?: string;
  pending: boolean;
  onReject: (note: string | null) => void;
  onCancel: () => void;
}

/** The reason of a refusal: Enter sends it, Escape goes back. */
export function RejectForm({
  verb,
  hint = "The agent is told this, and it is kept for the record.",
  pending,
  onReject,
  onCancel,
}: RejectFormProps) {
  const form = useForm({ defaultValues: { note: "" } });
  return (
    <form
      aria-label={verb}
      className="flex flex-col gap-3 px-3.5 py-3"
      onSubmit={(event) => {
        event.preventDefault();
        void form.handleSubmit(({ note }) => onReject(note.trim() === "" ? null : note.trim()))();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        onCancel();
      }}
    >
      <Field label="Reason" aside="Optional" hint={hint}>
        <Input {...form.register("note")} autoFocus autoComplete="off" maxLength={2_000} />
      </Field>
      <div className="flex flex-wrap items-center gap-2 max-sm:flex-col max-sm:items-stretch">
        <Button type="submit" variant="danger" pending={pending}>
          {verb}
          <Kbd>↵</Kbd>
        </Button>
        <Button variant="ghost" onClick={onCancel}>
          Cancel
          <Kbd>Esc</Kbd>
        </Button>
      </div>
    </form>
  );
}
