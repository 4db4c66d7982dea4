import { z } from "zod";
import type { ApprovalType, ToolHold } from "./tool.ts";

/**
 * What calls of one tool wait for when this agent makes them, with the wire's names. At most one of the three kinds;
 * `approval_type` required asks for a confirmation when none of them is named. An agent can ask for more than its tool
 * does, not for less.
 */
export const toolSettingsSchema = z
  .object({
    requires_confirmation: z.boolean().optional(),
    requires_user_input: z.boolean().optional(),
    /** The arguments that a person fills in; empty or absent: all of them. */
    user_input_fields: z.array(z.string().min(1).max(128)).max(100).optional(),
    external_execution: z.boolean().optional(),
    external_execution_silent: z.boolean().optional(),
    approval_type: z.enum(["required", "audit"]).optional(),
  })
  .refine((settings) => flags(settings).length <= 1, {
    message: "Choose one of requires_confirmation, requires_user_input and external_execution.",
  })
  .refine((settings) => settings.approval_type !== "audit" || flags(settings).length === 1, {
    path: ["approval_type"],
    message:
      "An approval for the record goes with requires_confirmation, requires_user_input or external_execution.",
  });

export type ToolSettings = z.infer<typeof toolSettingsSchema>;

/** Settings as the runtime has them; undefined where they leave it to the tool. */
export function holdOfSettings(settings: ToolSettings): { hold?: ToolHold; approval?: ApprovalType } {
  const hold = holdOf(settings);
  const { approval_type: approval } = settings;
  return { ...(hold === null ? {} : { hold }), ...(approval === undefined ? {} : { approval }) };
}

function holdOf(settings: ToolSettings): ToolHold | null {
  if (settings.requires_confirmation === true) return { kind: "confirmation" };
  if (settings.requires_user_input === true) {
    return { kind: "user_input", fields: settings.user_input_fields ?? [] };
  }
  if (settings.external_execution !== true) return null;
  return { kind: "external_execution", silent: settings.external_execution_silent === true };
}

function flags(settings: {
  requires_confirmation?: boolean | undefined;
  requires_user_input?: boolean | undefined;
  external_execution?: boolean | undefined;
}): true[] {
  const all = [settings.requires_confirmation, settings.requires_user_input, settings.external_execution];
  return all.filter((flag) => flag === true);
}
