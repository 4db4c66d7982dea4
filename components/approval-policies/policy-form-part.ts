import type { UseFormReturn } from "react-hook-form";
import type { CreateApprovalPolicy } from "#lib/core/approval-policy.ts";
import type { PolicyFormValues } from "./policy-form-schema.ts";

/** What each part of the form is given. */
export interface PolicyFormPart {
  form: UseFormReturn<PolicyFormValues, unknown, CreateApprovalPolicy>;
}
