import { expect, it } from "vitest";
import { newExecution } from "#lib/runtime/new-execution.ts";
import { pausedContent } from "./paused-content.ts";
import type { ToolExecution } from "./tool-execution.ts";

const CONFIRMATION = { requires_confirmation: true };
const INPUT = { requires_user_input: true };
const EXTERNAL = { external_execution_required: true };

it.each<[Partial<ToolExecution>[], string]>([
  [[CONFIRMATION], "I have tools to execute, but I need confirmation."],
  [[INPUT], "I have tools to execute, but I need user input."],
  [[EXTERNAL], "I have tools to execute, but it needs external execution."],
  [[INPUT, CONFIRMATION], "I have tools to execute, but I need confirmation or user input."],
  [[EXTERNAL, CONFIRMATION], "I have tools to execute, but I need confirmation or external execution."],
  [[EXTERNAL, INPUT], "I have tools to execute, but I need user input or external execution."],
  [
    [EXTERNAL, INPUT, CONFIRMATION],
    "I have tools to execute, but I need confirmation, user input, or external execution.",
  ],
  [[{ ...EXTERNAL, external_execution_silent: true }], ""],
])("a run that waits for %j says so in the wire's words", (flags, sentence) => {
  const waiting = flags.map((flag) => ({
    kind: "confirmation" as const,
    asked: { ...newExecution("1", "tool", {}, 0), ...flag },
  }));
  expect(pausedContent(waiting)).toBe(sentence);
});

it("a run that needs money says how much, before what else it waits for", () => {
  const args = {
    amount_usd: 2,
    needed_for: "gpt-4o",
    budgets: [
      {
        counter_id: "c",
        name: "Team",
        period: "day",
        limit_usd: 5,
        granted_usd: 0,
        spent_usd: 4,
        reserved_usd: 0,
      },
    ],
  };
  const money = {
    kind: "budget" as const,
    asked: { ...newExecution("1", "request_budget", args, 0), ...CONFIRMATION },
  };
  const confirm = {
    kind: "confirmation" as const,
    asked: { ...newExecution("2", "tool", {}, 0), ...CONFIRMATION },
  };
  expect(pausedContent([confirm, money])).toBe(
    "This run needs $2.00 more: “Team” allows $5.00 a day, of which $4.00 is spent. I have tools to execute, but I need confirmation.",
  );
});

it("a run that does not know what a tool did says so, in words of ours", () => {
  const asked = { ...newExecution("1", "send_request", {}, 0), ...EXTERNAL };
  const unknown = { kind: "effect_unknown" as const, asked };
  const confirm = { kind: "confirmation" as const, asked: { ...asked, ...CONFIRMATION } };
  expect(pausedContent([unknown, unknown])).toBe(
    "It is not known whether send_request took effect: I need somebody to say so.",
  );
  expect(pausedContent([unknown, confirm])).toMatch(/say so\. I have tools to execute, but I need/);
});
