"use client";

import { useActionState, useEffect, useRef, useState } from "react";
import { TextField } from "#components/auth/text-field.tsx";
import { ROLE_WORDS } from "#components/shell/role-words.ts";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { EMPTY_FORM, type FormAction } from "#lib/core/form-state.ts";

interface InviteFormProps {
  action: FormAction;
  /** The address under which the invited person reaches this server. */
  origin: string;
  mayInviteOwners: boolean;
}

/** Makes an invitation's link, which is shown here once. No e-mail is sent. */
export function InviteForm({ action, origin, mayInviteOwners }: InviteFormProps) {
  const [state, send, pending] = useActionState(action, EMPTY_FORM);
  const [role, setRole] = useState("member");
  const form = useRef<HTMLFormElement>(null);
  const result = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (state.status === "failed") form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
    if (state.status === "done") result.current?.select();
  }, [state]);
  const options = (["member", "admin", "owner"] as const).map((value) => ({
    value,
    label: ROLE_WORDS[value],
    disabled: value === "owner" && !mayInviteOwners,
  }));
  const link = state.status === "done" ? `${origin}/invitations/${state.message ?? ""}` : null;
  return (
    <div className="border-t border-line pt-3">
      <form ref={form} action={send} noValidate className="flex flex-col gap-3 sm:flex-row sm:items-start">
        <div className="min-w-0 flex-1">
          <TextField
            name="email"
            label="E-mail"
            type="email"
            autoComplete="off"
            hint="Optional: then only this address can use the link."
            state={link === null ? state : EMPTY_FORM}
          />
        </div>
        <Field label="Role" className="sm:w-32">
          <Select value={role} onValueChange={setRole} options={options} />
        </Field>
        <input type="hidden" name="role" value={role} />
        <Button type="submit" pending={pending} className="self-start sm:mt-6 sm:h-8">
          Create link
        </Button>
      </form>
      {state.status === "failed" && state.message !== null ? (
        <p role="alert" className="mt-2 text-failed-text">
          {state.message}
        </p>
      ) : null}
      {link === null ? null : (
        <div className="mt-3 rounded-lg border border-line-2 bg-sunken p-3">
          <p className="font-medium">Send this link to the person. It is shown once and works for 7 days.</p>
          <div className="mt-2 flex items-center gap-1">
            <input
              ref={result}
              readOnly
              value={link}
              aria-label="Invitation link"
              className="mono h-11 min-w-0 flex-1 rounded-md border border-control bg-raised px-2.5 sm:h-8"
            />
            <CopyButton text={link} label="Copy link" />
          </div>
        </div>
      )}
    </div>
  );
}
