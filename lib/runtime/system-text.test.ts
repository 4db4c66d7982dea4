import { expect, test } from "vitest";
import { testAgent } from "#tests/support/run-ports.ts";
import { systemText } from "./system-text.ts";

const parts = {
  answerPrompt: "Answer in JSON.",
  sessionState: { cart: 2 },
  sessionSummary: "",
  nowMs: Date.UTC(2026, 6, 1, 12),
};
const FULL = {
  description: "A clerk.",
  role: "Clerk",
  instructions: "Be brief.",
  expected_output: "One line.",
  additional_context: "The shop is closed.",
  add_name_to_context: true,
  add_session_state_to_context: true,
  add_datetime_to_context: true,
};

test("the system part has its sections in the wire's order, what changes from run to run last", () => {
  const [body, time] = systemText(testAgent(FULL), parts).split("\nThe current time is ");
  expect(time).toMatch(/^Wednesday.* 1 July 2026.*12:00 \(UTC\)\.$/);
  expect(body).toBe(
    [
      "A clerk.",
      "<your_role>\nClerk\n</your_role>",
      "<instructions>\nBe brief.\n</instructions>",
      "<additional_information>\n- Use markdown to format your answers.\n- Your name is: Plain.\n</additional_information>",
      "<expected_output>\nOne line.\n</expected_output>",
      "The shop is closed.",
      "Answer in JSON.",
      '<session_state>\n{"cart":2}\n</session_state>',
    ].join("\n"),
  );
});

test("two runs differ only in what follows the part that never changes", () => {
  const agent = testAgent(FULL);
  const one = systemText(agent, parts);
  const other = systemText(agent, { ...parts, sessionState: { cart: 3 }, nowMs: parts.nowMs + 60_000 });
  const same = one.slice(0, one.indexOf("<session_state>"));
  expect(other.startsWith(same)).toBe(true);
  expect(other).not.toBe(one);
});

test("the session's summary stands behind what never changes, before its state", () => {
  const agent = testAgent(FULL);
  const told = systemText(agent, { ...parts, sessionSummary: "They want a boat." });
  const [before, summary, after] = told.split(/<\/?summary_of_previous_interactions>/);
  expect(before?.startsWith(systemText(agent, parts).split("<session_state>")[0] ?? "")).toBe(true);
  expect(summary).toBe("\nThey want a boat.\n");
  expect(after).toContain("<session_state>");
});

test("a system message of the agent's own stands alone, but for the schema of the answer in words", () => {
  const agent = testAgent({ ...FULL, system_message: "Only this." });
  expect(systemText(agent, { ...parts, answerPrompt: "" })).toBe("Only this.");
  expect(systemText(agent, parts)).toBe("Only this.\nAnswer in JSON.");
});
