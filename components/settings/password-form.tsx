"use client";

import { ActionForm } from "#components/auth/action-form.tsx";
import { PasswordField } from "#components/auth/password-field.tsx";
import type { FormAction } from "#lib/core/form-state.ts";

/** The current password, where there is one, and a new one. */
export function PasswordForm({ action, hasPassword }: { action: FormAction; hasPassword: boolean }) {
  return (
    <ActionForm
      action={action}
      submit={hasPassword ? "Change password" : "Set password"}
      quiet
      className="border-t border-line pt-3"
    >
      {(state) => (
        <>
          {hasPassword ? (
            <PasswordField
              name="currentPassword"
              label="Current password"
              autoComplete="current-password"
              state={state}
            />
          ) : (
            <input type="hidden" name="currentPassword" value="" />
          )}
          <PasswordField
            name="newPassword"
            label="New password"
            hint="At least 10 characters; a short sentence is good."
            autoComplete="new-password"
            state={state}
          />
        </>
      )}
    </ActionForm>
  );
}
