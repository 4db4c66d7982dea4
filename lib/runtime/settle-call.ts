import { AppError } from "../core/app-error.ts";
import { MOST_USD, usdAmountSchema } from "../core/budget.ts";
import { budgetRequestOf } from "../core/budget-request.ts";
import { formatMoney } from "../core/format-money.ts";
import type { JsonObject, JsonValue } from "../core/json.ts";
import { microUsdOf } from "../core/micro-usd.ts";
import type { CallAnswer } from "../core/posted-tools.ts";
import type { RequirementKind } from "../core/requirement.ts";
import type { Tool } from "../core/tool.ts";
import type { ToolExecution, UserInputField, UserQuestion } from "../core/tool-execution.ts";
import { hashJson } from "./hash-json.ts";
import { inputValue } from "./input-value.ts";
import { parseWholeInput } from "./parse-tool-input.ts";
import { DEFAULT_RUN_LIMITS } from "./run-limits.ts";
import { toolFingerprint } from "./tool-fingerprint.ts";
import { toolResultText } from "./tool-result-text.ts";

const GIVEN_UP = "It is not known whether this took effect, and it is not tried again.";

/** What was put to a person. */
export interface AskedCall {
  kind: RequirementKind;
  asked: ToolExecution;
  toolFingerprint: string;
}

/** A call as a person has left it. */
export interface SettledCall {
  outcome: "approved" | "rejected";
  tool: ToolExecution;
  /** Of its arguments, when it is to be made; null when there is nothing to make. */
  argumentsHash: string | null;
}

/** Thrown when a call would be made with another tool than the one that the person was asked about. */
export class ToolChangedError extends Error {}

/**
 * Applies a person's answer to a held call; null when the answer decides nothing about it. `tool` is the tool that
 * would be used now: undefined when the agent has lost it. Throws `invalid` when the arguments do not fit it, and
 * ToolChangedError when it is not the one that was asked about.
 */
export function settleCall(call: AskedCall, answer: CallAnswer, tool: Tool | undefined): SettledCall | null {
  const { asked } = call;
  if (answer.confirmed === false) {
    const note = answer.note ?? (call.kind === "effect_unknown" ? GIVEN_UP : null);
    const left = { ...asked, confirmed: false, confirmation_note: note, tool_call_error: true };
    return { outcome: "rejected", tool: left, argumentsHash: null };
  }
  switch (call.kind) {
    case "confirmation": {
      if (answer.confirmed !== true) return null;
      const confirmed = { ...asked, confirmed: true, confirmation_note: answer.note };
      return toBeMade(call, confirmed, answer.args ?? asked.tool_args, tool);
    }
    case "user_input": {
      if (!answer.answered || asked.user_input_schema === null) return null;
      const fields = asked.user_input_schema.map((field) => filled(field, answer.values));
      const left = { ...asked, user_input_schema: fields, answered: true };
      if (tool?.inquire !== undefined) return answered(left, "User inputs retrieved", fields.map(valueOf));
      return toBeMade(call, left, argumentsOf(asked.tool_args, fields), tool);
    }
    case "user_feedback": {
      if (!answer.answered || asked.user_feedback_schema === null) return null;
      const questions = asked.user_feedback_schema.map((question) => chosen(question, answer.choices));
      const left = { ...asked, user_feedback_schema: questions, answered: true };
      return answered(left, "User feedback received", questions.map(choiceOf));
    }
    case "external_execution":
      return answer.result === null ? null : given(asked, answer.result);
    case "budget":
      return answer.confirmed === true ? granted(asked, answer.args) : null;
    case "effect_unknown":
      // It did happen, and this is what came of it; or it did not, and is to be made.
      if (answer.result !== null) return given({ ...asked, tool_call_error: false }, answer.result);
      if (answer.confirmed !== true) return null;
      return toBeMade(
        call,
        { ...asked, external_execution_required: null, confirmed: true },
        asked.tool_args,
        tool,
      );
  }
}

/** The run's own question for money: only how much is granted is heard, and that it is enough. */
function granted(asked: ToolExecution, args: JsonObject | null): SettledCall | null {
  const request = budgetRequestOf(asked.tool_args);
  if (request === null) return null;
  const amount = usdAmountSchema.safeParse(args?.["amount_usd"] ?? request.amount_usd);
  if (!amount.success || amount.data < request.amount_usd) {
    throw new AppError(
      "invalid",
      `Grant between ${request.amount_usd} and ${MOST_USD.toLocaleString("en")} US dollars in amount_usd, with six decimals at most.`,
    );
  }
  return {
    outcome: "approved",
    tool: {
      ...asked,
      tool_args: { ...asked.tool_args, amount_usd: amount.data },
      confirmed: true,
      tool_call_error: false,
      result: `Granted ${formatMoney(microUsdOf(amount.data))}.`,
    },
    argumentsHash: null,
  };
}

function toBeMade(
  call: AskedCall,
  left: ToolExecution,
  args: JsonObject,
  tool: Tool | undefined,
): SettledCall {
  if (tool === undefined || toolFingerprint(tool) !== call.toolFingerprint) throw new ToolChangedError();
  const { problem } = parseWholeInput(tool, args);
  if (problem !== null) throw new AppError("invalid", problem);
  return { outcome: "approved", tool: { ...left, tool_args: args }, argumentsHash: hashJson(args) };
}

function given(left: ToolExecution, result: JsonValue): SettledCall {
  const text = toolResultText(result, DEFAULT_RUN_LIMITS.toolResultChars);
  return { outcome: "approved", tool: { ...left, result: text }, argumentsHash: null };
}

/** The answer to an agent's own question is its tool's result, in the wire's words. */
function answered(left: ToolExecution, words: string, values: JsonValue[]): SettledCall {
  return given({ ...left, tool_call_error: false }, `${words}: ${spacedJson(values)}`);
}

function filled(field: UserInputField, values: CallAnswer["values"]): UserInputField {
  const value = values?.get(field.name);
  return value === undefined ? field : { ...field, value: inputValue(value, field.field_type) };
}

/** A field without a value is an argument that is left out. */
function argumentsOf(askedArgs: JsonObject, fields: readonly UserInputField[]): JsonObject {
  const args = { ...askedArgs };
  for (const { name, value } of fields) {
    if (value === null) delete args[name];
    else args[name] = value;
  }
  return args;
}

function chosen(question: UserQuestion, choices: CallAnswer["choices"]): UserQuestion {
  const labels = choices?.get(question.question) ?? [];
  if (!question.multi_select && labels.length > 1) {
    throw new AppError("invalid", `Choose one answer to "${question.question}".`);
  }
  return {
    ...question,
    options: question.options.map((option) => ({ ...option, selected: labels.includes(option.label) })),
    selected_options: [...labels],
  };
}

function valueOf({ name, value }: UserInputField): JsonValue {
  return { name, value };
}

function choiceOf({ question, selected_options: selected }: UserQuestion): JsonValue {
  return { question, selected: selected ?? [] };
}

/** JSON with a space after commas and colons, as the wire's server writes it. */
function spacedJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(spacedJson).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}: ${spacedJson(entry)}`);
  return `{${entries.join(", ")}}`;
}
