import type { UseFormReturn } from "react-hook-form";
import type { ScheduleBody, ScheduleFormValues } from "./schedule-form-schema.ts";

/** What the parts of the form share. */
export interface ScheduleFormPart {
  form: UseFormReturn<ScheduleFormValues, unknown, ScheduleBody>;
}
