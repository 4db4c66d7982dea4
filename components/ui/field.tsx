"use client";

import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cn } from "./class-names.ts";
import { FieldContext } from "./field-context.ts";
import { Label } from "./label.tsx";

interface FieldProps {
  label: ReactNode;
  /** For a control whose section has the same name: the label is for screen readers only. */
  hideLabel?: boolean;
  /** One line of help below the control. */
  hint?: ReactNode;
  /** The sentence that says what is wrong and what to do; replaces the hint. */
  error?: string | undefined;
  /** Small text at the right end of the label line: "Optional", "0 to 2". */
  aside?: ReactNode;
  className?: string;
  /** One Input, Textarea, Select or Combobox. */
  children: ReactNode;
}

/** Label above, help below, the error tied to the control for screen readers. */
export function Field({ label, hideLabel = false, hint, error, aside, className, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  const hasNote = note !== undefined && note !== null && note !== "";
  return (
    <FieldContext value={{ id, describedBy: hasNote ? noteId : undefined, invalid: error !== undefined }}>
      <div className={cn("flex min-w-0 flex-col", className)}>
        <div className={hideLabel ? "sr-only" : "mb-1 flex items-baseline justify-between gap-3"}>
          <Label htmlFor={id}>{label}</Label>
          {aside === undefined ? null : <span className="text-sm text-fg-3">{aside}</span>}
        </div>
        {children}
        {hasNote ? (
          <p
            id={noteId}
            className={cn(
              "mt-1.5 flex gap-1.5 text-sm",
              error === undefined ? "text-fg-3" : "text-failed-text",
            )}
          >
            {error === undefined ? null : <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />}
            <span className="min-w-0">{note}</span>
          </p>
        ) : null}
      </div>
    </FieldContext>
  );
}
