import { AppError } from "#lib/core/app-error.ts";
import { type JsonObject, jsonObjectSchema, type JsonValue } from "#lib/core/json.ts";
import type { CallAnswer } from "#lib/core/posted-tools.ts";
import type { RequirementRecord } from "#lib/db/requirements.ts";

/** Keys of a resolution that are no values of a form. */
const OWN_KEYS = new Set(["values", "result", "confirmed", "note", "reason", "tool_args", "choices"]);

/**
 * What an approval's resolution says about its call: `values` (or the data itself) fill in a form, `result` is what was
 * done elsewhere, `choices` are answers by question, `tool_args` changed arguments, `note` or `reason` what the model is
 * told of a refusal; `amount_usd` is what a run is granted that asks for money; `confirmed` says of a call whose outcome is unknown that it did not happen and is to be made. Throws bad_request when the call needs what is not there.
 */
export function answerOfResolution(
  requirement: Pick<RequirementRecord, "id" | "kind" | "toolCallId" | "toolName">,
  status: "approved" | "rejected",
  data: JsonObject,
): CallAnswer {
  const approved = status === "approved";
  const { kind, toolName } = requirement;
  if (approved && kind === "external_execution" && (data.result ?? null) === null) {
    throw new AppError("bad_request", `Give the result of ${toolName} in resolution_data.result.`);
  }
  const amount = kind === "budget" ? (data.amount_usd ?? null) : null;
  const again = kind === "effect_unknown" && data.confirmed === true;
  if (approved && kind === "effect_unknown" && !again && (data.result ?? null) === null) {
    throw new AppError(
      "bad_request",
      `Say what became of ${toolName}: resolution_data.result when it took effect, resolution_data.confirmed when it did not and is to be done.`,
    );
  }
  return {
    toolCallId: requirement.toolCallId,
    requirementId: requirement.id,
    confirmed: approved ? (kind === "confirmation" || kind === "budget" || again ? true : null) : false,
    note: textOf(data.note) ?? textOf(data.reason),
    args:
      amount === null ? (jsonObjectSchema.safeParse(data.tool_args).data ?? null) : { amount_usd: amount },
    answered: approved,
    values: new Map(Object.entries(valuesOf(data))),
    choices: choicesOf(data.choices),
    result: data.result ?? null,
  };
}

function valuesOf(data: JsonObject): JsonObject {
  const given = jsonObjectSchema.safeParse(data.values).data;
  return given ?? Object.fromEntries(Object.entries(data).filter(([key]) => !OWN_KEYS.has(key)));
}

function choicesOf(choices: JsonValue | undefined): CallAnswer["choices"] {
  const given = jsonObjectSchema.safeParse(choices).data;
  if (given === undefined) return null;
  return new Map(
    Object.entries(given).map(([question, labels]) => [
      question,
      [labels].flat().filter((label) => typeof label === "string"),
    ]),
  );
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === "string" ? value : null;
}
