"use client";

import { Controller } from "react-hook-form";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SwitchField } from "#components/ui/switch.tsx";
import type { PolicyFormPart } from "./policy-form-part.ts";

const ROLES = [
  { role: "owner", label: "Owners" },
  { role: "admin", label: "Admins" },
] as const;

/** Who decides under a policy, and how many of them. */
export function DeciderFields({ form }: PolicyFormPart) {
  const { errors } = form.formState;
  return (
    <>
      <Controller
        control={form.control}
        name="approver_roles"
        render={({ field }) => (
          <fieldset>
            <legend className="mb-1 font-medium">Roles</legend>
            <div className="flex gap-5">
              {ROLES.map(({ role, label }) => (
                <label key={role} className="flex min-h-11 items-center gap-2 sm:min-h-7">
                  <Checkbox
                    checked={field.value.includes(role)}
                    onCheckedChange={(on) =>
                      field.onChange(
                        on === true ? [...field.value, role] : field.value.filter((one) => one !== role),
                      )
                    }
                  />
                  {label}
                </label>
              ))}
            </div>
            <p className="text-sm text-fg-3">With none, everybody who may write approvals.</p>
          </fieldset>
        )}
      />
      <Field
        label="Scopes"
        aside="Optional"
        hint="Of tokens that may decide, too, separated by commas: finance:approve."
        error={errors.approver_scopes?.message}
      >
        <Input {...form.register("approver_scopes")} className="font-mono sm:text-sm" autoComplete="off" />
      </Field>
      <Controller
        control={form.control}
        name="two_people"
        render={({ field }) => (
          <SwitchField
            label="Two people approve"
            hint="The call waits until a second one has agreed. Its arguments stay as they were asked for."
            checked={field.value}
            onCheckedChange={field.onChange}
          />
        )}
      />
      <Controller
        control={form.control}
        name="requester_may_decide"
        render={({ field }) => (
          <SwitchField
            label="Who asked may approve"
            hint="Off, somebody else has to: keep it on where you are alone."
            checked={field.value}
            onCheckedChange={field.onChange}
          />
        )}
      />
    </>
  );
}
