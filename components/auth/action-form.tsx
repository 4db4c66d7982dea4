"use client";

import { type ReactNode, useActionState, useEffect, useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/class-names.ts";
import { EMPTY_FORM, type FormAction, type FormState } from "#lib/core/form-state.ts";

interface ActionFormProps {
  action: FormAction;
  /** The verb on the button. */
  submit: string;
  /** Makes the button as wide as the form. */
  wide?: boolean;
  /** For a page with another main button. */
  quiet?: boolean;
  className?: string;
  children: (state: FormState) => ReactNode;
}

/**
 * A form whose action runs on the server; works before scripts have loaded, too. What was typed stays, sentences stand
 * at their fields, and the first wrong field gets the focus.
 */
export function ActionForm({
  action,
  submit,
  wide = false,
  quiet = false,
  className,
  children,
}: ActionFormProps) {
  const [state, send, pending] = useActionState(action, EMPTY_FORM);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state.status !== "failed") return;
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [state]);
  return (
    <form ref={form} action={send} noValidate className={cn("flex flex-col gap-4", className)}>
      {children(state)}
      <p
        role="status"
        className={cn(state.status === "failed" ? "text-failed-text" : "text-fg-2", "empty:hidden")}
      >
        {state.message}
      </p>
      <Button
        type="submit"
        variant={quiet ? "secondary" : "primary"}
        pending={pending}
        className={wide ? "w-full sm:h-9" : "self-start"}
      >
        {submit}
      </Button>
    </form>
  );
}
