"use client";

import { useForm } from "react-hook-form";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { failureSentence } from "../shell/failure-sentence.ts";
import { Textarea } from "../ui/textarea.tsx";

interface QuestionEditorProps {
  question: string;
  /** What sending does, where that is not plain. */
  hint: string | undefined;
  onSend: (question: string) => Promise<void>;
  onClose: () => void;
}

/** A question in its place, to be asked in other words. */
export function QuestionEditor({ question, hint, onSend, onClose }: QuestionEditorProps) {
  const form = useForm({ defaultValues: { question } });
  const submit = form.handleSubmit(async ({ question: typed }) => {
    if (typed.trim() === "") {
      form.setError("question", { message: "Write a question." });
      return;
    }
    try {
      await onSend(typed.trim());
      onClose();
    } catch (error) {
      form.setError("question", { message: failureSentence(error) });
    }
  });
  return (
    <form
      aria-label="Edit question"
      className="flex max-w-[68ch] flex-col gap-2"
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.preventDefault();
          event.stopPropagation();
          onClose();
        } else if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
          if (event.target instanceof HTMLTextAreaElement) {
            event.preventDefault();
            void submit();
          }
        }
      }}
    >
      <Field label="Question" hideLabel hint={hint} error={form.formState.errors.question?.message}>
        <Textarea {...form.register("question")} autoFocus className="min-h-16 sm:text-md" />
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" pending={form.formState.isSubmitting}>
          Send
          <Kbd>↵</Kbd>
        </Button>
        <Button variant="ghost" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
