"use client";

import type { FormAction } from "#lib/core/form-state.ts";
import { ActionForm } from "./action-form.tsx";
import { PasswordField } from "./password-field.tsx";
import { TextField } from "./text-field.tsx";

/** E-mail and password; `next` is the page that one wanted. */
export function SignInForm({ action, next }: { action: FormAction; next: string }) {
  return (
    <ActionForm action={action} submit="Sign in" wide>
      {(state) => (
        <>
          <input type="hidden" name="next" value={next} />
          <TextField
            name="email"
            label="E-mail"
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            required
            state={state}
          />
          <PasswordField name="password" label="Password" autoComplete="current-password" state={state} />
        </>
      )}
    </ActionForm>
  );
}
