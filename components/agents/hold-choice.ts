import type { ToolSettings } from "#lib/core/tool-settings.ts";

/** What calls of a tool wait for, as the form offers it. */
export type HoldChoice = "none" | "confirmation" | "approval" | "input" | "external";

/** Which choice shows these settings. */
export function holdChoiceOf(settings: ToolSettings | undefined): HoldChoice {
  if (settings === undefined) return "none";
  if (settings.requires_user_input === true) return "input";
  if (settings.external_execution === true) return "external";
  if (settings.approval_type === "required") return "approval";
  return settings.requires_confirmation === true ? "confirmation" : "none";
}

/** The settings of a choice; null for none. What it shares with those before it (the fields of a form) stays. */
export function settingsOfHold(choice: HoldChoice, before: ToolSettings | undefined): ToolSettings | null {
  if (choice === holdChoiceOf(before)) return before ?? null;
  switch (choice) {
    case "none":
      return null;
    case "confirmation":
      return { requires_confirmation: true };
    case "approval":
      return { approval_type: "required" };
    case "input":
      return { requires_user_input: true };
    case "external":
      return { external_execution: true };
  }
}
