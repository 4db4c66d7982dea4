import { describe, expect, it } from "vitest";
import { holdOfSettings, toolSettingsSchema } from "./tool-settings.ts";

describe("what an agent's calls of a tool wait for", () => {
  it.each([
    [{ requires_confirmation: true }, { hold: { kind: "confirmation" } }],
    [{ requires_user_input: true }, { hold: { kind: "user_input", fields: [] } }],
    [
      { requires_user_input: true, user_input_fields: ["to"] },
      { hold: { kind: "user_input", fields: ["to"] } },
    ],
    [{ external_execution: true }, { hold: { kind: "external_execution", silent: false } }],
    [{ approval_type: "required" }, { approval: "required" }],
    [
      { requires_confirmation: true, approval_type: "audit" },
      { hold: { kind: "confirmation" }, approval: "audit" },
    ],
    [{ requires_confirmation: false }, {}],
  ])("%j", (settings, hold) => {
    expect(holdOfSettings(toolSettingsSchema.parse(settings))).toEqual(hold);
  });

  it.each([
    { requires_confirmation: true, external_execution: true },
    { requires_user_input: true, requires_confirmation: true },
    { approval_type: "audit" },
  ])("%j contradicts itself", (settings) => {
    expect(toolSettingsSchema.safeParse(settings).success).toBe(false);
  });
});
