import { budgetRequestOf } from "#lib/core/budget-request.ts";
import { formatMoney } from "#lib/core/format-money.ts";
import { microUsdOf } from "#lib/core/micro-usd.ts";
import type { Person, RequirementState } from "#lib/core/requirement-state.ts";
import type { ToolExecution } from "#lib/core/tool-execution.ts";
import { argumentChanges } from "./argument-changes.ts";

/** What is asked, as a question or a request. */
export function requirementTitle(state: RequirementState): string {
  const { kind, asked, agent_name: agent } = state;
  const what = state.tool_title ?? asked.tool_name;
  switch (kind) {
    case "confirmation":
      return `${what}?`;
    case "user_input":
      return state.input_schema !== null && asked.tool_name === "get_user_input"
        ? `${agent} asks for ${count(asked.user_input_schema?.length ?? 0, "value")}`
        : `${what}: fill in what is missing`;
    case "user_feedback": {
      const questions = asked.user_feedback_schema ?? [];
      return questions.length === 1 && questions[0] !== undefined
        ? questions[0].question
        : `${agent} asks ${count(questions.length, "question")}`;
    }
    case "external_execution":
      return `${what}: do it and give the result`;
    case "budget":
      return `This run needs ${grantedMoney(asked)} more`;
    case "effect_unknown":
      return `${what}: did it happen?`;
  }
}

/** Who gives a run more money. */
export const GRANTERS = "Owners and admins can grant more.";

/** Who may decide, as the policy says. */
export function deciders(state: RequirementState): string {
  const { policy } = state;
  const roles = policy?.approver_roles ?? [];
  const scopes = policy?.approver_scopes ?? [];
  const people = [...roles.map((role) => `${role}s`), ...scopes.map((scope) => `holders of ${scope}`)];
  const who = people.length === 0 ? "owners and admins" : people.join(", ").replace(/, ([^,]*)$/, " and $1");
  const two = (policy?.approvals_required ?? 1) > 1 ? ", two of them" : "";
  const others = policy !== null && !policy.requester_may_decide ? ", but not who asked" : "";
  return `${who.charAt(0).toUpperCase()}${who.slice(1)} can approve${two}${others}.`;
}

/** What became of it, in the words of the row that is left: "You approved with 2 edits". Null while it is open. */
export function outcomeWords(state: RequirementState): string | null {
  switch (state.status) {
    case "open":
      return null;
    case "expired":
      return state.policy?.on_expiry === "end"
        ? "Nobody decided in time, run ended"
        : "Nobody decided in time, denied";
    case "cancelled":
      return "Cancelled with the run";
    case "settled":
      return settledWords(state);
  }
}

function settledWords(state: RequirementState): string {
  const { settled, asked, outcome } = state;
  const voters = state.votes.map(({ by }) => by);
  const last = state.resolved_by;
  const who = [...voters, ...(last === null ? [] : [last])]
    .filter((one, at, all) => all.findIndex(({ id }) => id === one.id) === at)
    .map((one, at) => nameOf(one, at > 0))
    .join(" and ");
  if (outcome === "rejected") {
    const note = settled?.confirmation_note ?? "";
    if (state.kind === "budget")
      return `${last === null ? "Somebody" : nameOf(last)} refused more money${note === "" ? "" : `: “${note}”`}`;
    if (state.kind === "effect_unknown") return `${last === null ? "Somebody" : nameOf(last)} gave up`;
    const rejecter = last === null ? "Somebody" : nameOf(last);
    return note === "" ? `${rejecter} rejected` : `${rejecter} rejected: “${note}”`;
  }
  const subject = who === "" ? "Somebody" : who;
  switch (state.kind) {
    case "confirmation": {
      const edits =
        settled === null
          ? 0
          : argumentChanges(asked.tool_args, settled.tool_args).filter(({ changed }) => changed).length;
      return edits === 0 ? `${subject} approved` : `${subject} approved with ${count(edits, "edit")}`;
    }
    case "user_input":
      return `${subject} filled in the form`;
    case "user_feedback": {
      const chosen = settled?.user_feedback_schema?.flatMap((one) => one.selected_options ?? []) ?? [];
      return chosen.length === 0 ? `${subject} skipped` : `${subject} answered: ${chosen.join(", ")}`;
    }
    case "external_execution":
      return `${subject} gave the result`;
    case "budget":
      return `${subject} granted ${grantedMoney(settled ?? asked)}`;
    case "effect_unknown":
      return settled?.result === null
        ? `${subject} said it did not happen, run again`
        : `${subject} said it happened`;
  }
}

function grantedMoney({ tool_args: args }: ToolExecution): string {
  return formatMoney(microUsdOf(budgetRequestOf(args)?.amount_usd ?? 0));
}

/** What to call somebody: "You" for the reader. */
export function nameOf(person: Person, inside = false): string {
  if (person.you) return inside ? "you" : "You";
  return person.name ?? person.id;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
