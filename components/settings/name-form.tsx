"use client";

import { ActionForm } from "#components/auth/action-form.tsx";
import { TextField } from "#components/auth/text-field.tsx";
import type { FormAction } from "#lib/core/form-state.ts";

/** One's name; the e-mail stands there to be read. */
export function NameForm({ action, name, email }: { action: FormAction; name: string; email: string }) {
  return (
    <ActionForm action={action} submit="Save" quiet className="border-t border-line pt-3">
      {(state) => (
        <>
          <TextField
            name="name"
            label="Name"
            autoComplete="name"
            required
            defaultValue={name}
            hint={`You sign in as ${email}.`}
            state={state}
          />
        </>
      )}
    </ActionForm>
  );
}
