"use client";

import type { FormAction } from "#lib/core/form-state.ts";
import { ActionForm } from "./action-form.tsx";

/** One button: sign out. */
export function SignOutForm({ action }: { action: FormAction }) {
  return (
    <ActionForm action={action} submit="Sign out" wide>
      {() => null}
    </ActionForm>
  );
}
