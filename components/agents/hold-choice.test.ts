import { expect, it } from "vitest";
import { toolSettingsSchema } from "#lib/core/tool-settings.ts";
import { type HoldChoice, holdChoiceOf, settingsOfHold } from "./hold-choice.ts";

it.each(["confirmation", "approval", "input", "external"] satisfies HoldChoice[])(
  "%s reads back as itself, and is settings that the API takes",
  (choice) => {
    const settings = settingsOfHold(choice, undefined);
    expect(holdChoiceOf(toolSettingsSchema.parse(settings))).toBe(choice);
  },
);

it("leaves settings alone that it shows already, and takes them away for none", () => {
  const settings = { requires_user_input: true, user_input_fields: ["value"] };
  expect(settingsOfHold("input", settings)).toBe(settings);
  expect(settingsOfHold("none", settings)).toBeNull();
  expect(holdChoiceOf(undefined)).toBe("none");
});
