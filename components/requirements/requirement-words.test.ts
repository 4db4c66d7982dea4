import { describe, expect, it } from "vitest";
import type { RequirementState } from "#lib/core/requirement-state.ts";
import { deciders, outcomeWords, requirementTitle } from "./requirement-words.ts";

const ann = { id: "u1", name: "Ann", you: false };
const me = { id: "u2", name: "Ben", you: true };
const asked = { tool_call_id: "c1", tool_name: "refund", tool_args: { amount: 84, order: "1" } };

function state(changes: Record<string, unknown>): RequirementState {
  return {
    agent_name: "Desk",
    kind: "confirmation",
    status: "settled",
    outcome: "approved",
    tool_title: "Refund",
    input_schema: null,
    policy: null,
    votes: [],
    resolved_by: me,
    asked,
    settled: asked,
    ...changes,
  } as unknown as RequirementState;
}

const money = {
  ...asked,
  tool_name: "request_budget",
  tool_args: { amount_usd: 1.5, needed_for: "gpt-4o", budgets: [] },
};

const policy = {
  approver_roles: ["owner", "admin"],
  approver_scopes: [],
  approvals_required: 2,
  requester_may_decide: false,
  on_expiry: "deny",
};

describe("what became of it", () => {
  it.each([
    [{ status: "open" }, null],
    [{}, "You approved"],
    [{ settled: { ...asked, tool_args: { amount: 42, order: "1" } } }, "You approved with 1 edit"],
    [{ resolved_by: me, votes: [{ by: ann, at: 1 }] }, "Ann and you approved"],
    [
      { outcome: "rejected", resolved_by: ann, settled: { ...asked, confirmation_note: "late" } },
      "Ann rejected: “late”",
    ],
    [{ kind: "effect_unknown", settled: { result: "sent" } }, "You said it happened"],
    [{ kind: "effect_unknown", settled: { result: null } }, "You said it did not happen, run again"],
    [{ kind: "effect_unknown", outcome: "rejected" }, "You gave up"],
    [{ kind: "budget", settled: money }, "You granted $1.50"],
    [
      { kind: "budget", outcome: "rejected", settled: { ...money, confirmation_note: "late" } },
      "You refused more money: “late”",
    ],
    [{ status: "expired" }, "Nobody decided in time, denied"],
    [{ status: "expired", policy: { ...policy, on_expiry: "end" } }, "Nobody decided in time, run ended"],
    [
      { kind: "user_feedback", settled: { user_feedback_schema: [{ selected_options: ["A", "B"] }] } },
      "You answered: A, B",
    ],
    [{ kind: "user_feedback", settled: { user_feedback_schema: [] } }, "You skipped"],
  ])("%j is told as %s", (changes, words) => {
    expect(outcomeWords(state(changes))).toBe(words);
  });
});

it("says who may decide", () => {
  expect(deciders(state({ policy }))).toBe("Owners and admins can approve, two of them, but not who asked.");
  expect(deciders(state({}))).toBe("Owners and admins can approve.");
});

it("asks the real question", () => {
  expect(requirementTitle(state({}))).toBe("Refund?");
  expect(requirementTitle(state({ tool_title: null }))).toBe("refund?");
  expect(requirementTitle(state({ kind: "budget", asked: money }))).toBe("This run needs $1.50 more");
  const question = { ...asked, user_feedback_schema: [{ question: "Which one?" }] };
  expect(requirementTitle(state({ kind: "user_feedback", asked: question }))).toBe("Which one?");
});
