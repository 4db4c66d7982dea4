"use client";

import { ActionForm } from "#components/auth/action-form.tsx";
import { TextField } from "#components/auth/text-field.tsx";
import type { FormAction } from "#lib/core/form-state.ts";

/** After how many days ended runs are deleted. */
export function RetentionForm({ action, days }: { action: FormAction; days: number | null }) {
  return (
    <ActionForm action={action} submit="Save" quiet className="border-t border-line pt-3">
      {(state) => (
        <TextField
          name="days"
          label="Delete ended runs after this many days"
          inputMode="numeric"
          defaultValue={days === null ? "" : String(days)}
          hint="With their sessions, once those have no other runs. Leave it empty to keep everything."
          state={state}
        />
      )}
    </ActionForm>
  );
}
