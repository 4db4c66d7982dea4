import type { LanguageModelV4FunctionTool, LanguageModelV4Message } from "@ai-sdk/provider";
import type { JsonObject } from "../core/json.ts";
import { askAside } from "./ask-aside.ts";
import type { BesideRun } from "./beside-run.ts";
import { retellingRecorder } from "./retelling-recorder.ts";
import { type RunAnswer, settleAnswer } from "./settle-answer.ts";
import type { TurnRecorder } from "./turn-recorder.ts";

const INSTRUCTIONS = `You write the answer of an assistant that has done the work already.
Answer the user's last message from what stands in the conversation, in the language of that message. Add nothing that is not there, and do not speak of drafts or tools.`;
const REQUEST = "Write the answer now. The assistant's last words are a draft that the user does not see.";

/** What an answer is put into other words from. */
export interface Retelling extends BesideRun {
  recorder: TurnRecorder;
  /** The run's conversation, the draft of the answer last. */
  conversation: readonly LanguageModelV4Message[];
  /** The tools that it calls. */
  tools: readonly LanguageModelV4FunctionTool[];
}

/**
 * Lets the agent's output model write the answer, and puts it in the place of what the run has written. `known` is what
 * it has written for an earlier driver, null for nothing. With a schema that no parser model fills, it is the one to
 * fill it.
 * Throws the model's ModelCallError, BudgetShortError when there is no money for it, or the signal's reason.
 */
export async function retellAnswer(run: Retelling, known: string | null): Promise<RunAnswer> {
  const { output_schema: schema, parser_model: parser } = run.definition;
  const wanted = parser === undefined ? schema : undefined;
  if (known === null) await retell(run, wanted);
  const settled = settleAnswer(wanted, run.totals.text, true);
  return settled.repair === null ? settled.answer : { content: run.totals.text, contentType: "str" };
}

async function retell(run: Retelling, schema: JsonObject | undefined): Promise<void> {
  const { definition, ports, recorder, totals } = run;
  const { output_model: reference } = definition;
  if (reference === undefined) return;
  const telling = retellingRecorder(recorder);
  const { text, call } = await askAside({
    ports,
    limits: run.limits,
    role: "output_model",
    model: await ports.bindModel(reference),
    system: definition.output_model_prompt ?? INSTRUCTIONS,
    conversation: run.conversation.filter(({ role }) => role !== "system"),
    tools: run.tools,
    text: REQUEST,
    schema,
    recorder: telling,
    mask: run.mask,
    maxOutputTokens: definition.max_output_tokens ?? MOST_ANSWER_TOKENS,
    signal: run.signal,
  }).catch((error: unknown) => {
    // A reader has seen this much of the answer, and no draft.
    if (telling.written !== "") totals.retell(telling.written);
    throw error;
  });
  totals.addAside(call);
  const isSilent = text.trim() === "";
  // A model that writes nothing leaves the draft as it is, and readers have not seen it as the answer.
  const content = isSilent ? totals.text : text;
  if (isSilent) {
    telling.openPart("text");
    void telling.write(content);
    telling.closePart();
  }
  totals.retell(content);
  recorder.record(
    { type: "OutputModelResponseCompleted", content, calls: [call] },
    { moreFollows: true, patch: totals.tokenPatch() },
  );
}

/** What a budget sets aside for an answer of an agent that says nothing of it. */
const MOST_ANSWER_TOKENS = 16_000;
