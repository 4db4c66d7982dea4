"use client";

import type { FormAction } from "#lib/core/form-state.ts";
import { ActionForm } from "./action-form.tsx";
import { PasswordField } from "./password-field.tsx";
import { TextField } from "./text-field.tsx";

interface SignUpFormProps {
  action: FormAction;
  /** True when the person has to show that they can read the server's terminal. */
  asksSetupCode?: boolean;
  /** The address that an invitation is for. */
  email?: string | null;
  invitationSecret?: string;
  submit: string;
}

/** Name, e-mail and password of a new account. */
export function SignUpForm({
  action,
  asksSetupCode = false,
  email = null,
  invitationSecret,
  submit,
}: SignUpFormProps) {
  return (
    <ActionForm action={action} submit={submit} wide>
      {(state) => (
        <>
          {invitationSecret === undefined ? null : (
            <input type="hidden" name="invitationSecret" value={invitationSecret} />
          )}
          {asksSetupCode ? (
            <TextField
              name="setupCode"
              label="Setup code"
              hint="Twelve letters and digits that the server prints in its terminal when it starts."
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              autoFocus
              required
              className="mono uppercase"
              state={state}
            />
          ) : null}
          <TextField
            name="name"
            label="Name"
            autoComplete="name"
            autoFocus={!asksSetupCode}
            required
            state={state}
          />
          <TextField
            name="email"
            label="E-mail"
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            readOnly={email !== null}
            defaultValue={email ?? undefined}
            hint={email === null ? undefined : "The invitation is for this address."}
            required
            state={state}
          />
          <PasswordField
            name="password"
            label="Password"
            hint="At least 10 characters; a short sentence is good."
            autoComplete="new-password"
            state={state}
          />
        </>
      )}
    </ActionForm>
  );
}
