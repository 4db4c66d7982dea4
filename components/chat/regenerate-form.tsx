"use client";

import { useForm } from "react-hook-form";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { failureSentence } from "../shell/failure-sentence.ts";

interface RegenerateFormProps {
  onRegenerate: (instructions: string) => Promise<void>;
  onClose: () => void;
}

/** Asks for another answer to the same question, and for what should be different in it. */
export function RegenerateForm({ onRegenerate, onClose }: RegenerateFormProps) {
  const form = useForm({ defaultValues: { instructions: "" } });
  const submit = form.handleSubmit(async ({ instructions }) => {
    try {
      await onRegenerate(instructions.trim());
      onClose();
    } catch (error) {
      form.setError("instructions", { message: failureSentence(error) });
    }
  });
  return (
    <form
      aria-label="Regenerate"
      className="mt-1 flex max-w-[68ch] flex-col gap-2 rounded-lg border border-line bg-sunken p-3"
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <Field
        label="What should be different?"
        aside="Optional"
        hint="The answer before it stays within reach."
        error={form.formState.errors.instructions?.message}
      >
        <Input {...form.register("instructions")} autoFocus autoComplete="off" />
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" pending={form.formState.isSubmitting}>
          Regenerate
        </Button>
        <Button variant="ghost" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
