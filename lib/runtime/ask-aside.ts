import type { LanguageModelV4FunctionTool, LanguageModelV4Message } from "@ai-sdk/provider";
import type { JsonObject } from "../core/json.ts";
import type { ModelRole } from "../core/model-role.ts";
import type { SideCall } from "../core/side-call.ts";
import { answerFormat } from "./answer-format.ts";
import { callModel } from "./call-model.ts";
import { newModelTurn, turnText } from "./model-turn.ts";
import type { BoundModel, RunPorts } from "./ports.ts";
import { quietRecorder } from "./quiet-recorder.ts";
import { requestFor } from "./request-for.ts";
import type { RunLimits } from "./run-limits.ts";
import { RunTotals } from "./run-totals.ts";
import type { TurnRecorder } from "./turn-recorder.ts";

/** A question to a model beside a run's own conversation. */
export interface AsideQuestion {
  ports: Pick<RunPorts, "bindModel" | "budget" | "clock" | "middleware">;
  limits: RunLimits;
  role: ModelRole;
  model: BoundModel;
  /** What the model is told to do, and what with. */
  system: string;
  text: string;
  /** What stands between the two; absent: nothing. */
  conversation?: readonly LanguageModelV4Message[];
  /** The tools that the conversation calls: providers want to know them, and none is called. */
  tools?: readonly LanguageModelV4FunctionTool[];
  /** What the answer has to fit; absent: text. */
  schema?: JsonObject | undefined;
  /** Where it is written while it comes; absent: nowhere. */
  recorder?: TurnRecorder;
  /** Masks it while it comes. */
  mask?: ((text: string) => string) | undefined;
  /** Most tokens that it may write; absent: as many as somebody's short answer takes. */
  maxOutputTokens?: number | undefined;
  signal: AbortSignal;
}

/** What the model said, and what that cost. */
export interface AsideAnswer {
  text: string;
  call: SideCall;
}

/**
 * Asks a model something that is no part of the run's answer: through the one door of model calls, with nothing of it in
 * the journal but what the question's recorder puts there. Throws the model's ModelCallError, BudgetShortError or UnpricedModelError when a budget does not let it be
 * asked, or the signal's reason.
 */
export async function askAside(question: AsideQuestion): Promise<AsideAnswer> {
  const { ports, role, model, schema, conversation = [], tools = [] } = question;
  const wants = { output_schema: schema, use_json_mode: false, structured_outputs: undefined };
  const words = answerFormat(wants, model)?.prompt ?? "";
  const messages: LanguageModelV4Message[] = [
    { role: "system", content: words === "" ? question.system : `${question.system}\n${words}` },
    ...conversation,
    { role: "user", content: [{ type: "text", text: question.text }] },
  ];
  const { maxOutputTokens = MOST_OUTPUT_TOKENS, mask } = question;
  const known = tools.length === 0 ? {} : { tools: [...tools], toolChoice: { type: "none" as const } };
  const turn = newModelTurn();
  await callModel(
    {
      ports: { ...ports, model },
      limits: question.limits,
      recorder: question.recorder ?? quietRecorder(),
      totals: new RunTotals(0),
      options: (asked) => requestFor(asked, wants, messages, { maxOutputTokens, ...known }),
      fallbacks: { model: { provider: "", id: "" }, fallback_models: [], fallback_config: NO_FALLBACKS },
      sent: {},
      repair: null,
      mask,
      read: () => Promise.resolve([]),
      signal: question.signal,
    },
    turn,
  );
  const { usage } = turn;
  return {
    text: turnText(turn, "text"),
    call: {
      role,
      model: model.id,
      model_provider: model.provider,
      input_tokens: usage.inputTokens,
      output_tokens: usage.outputTokens,
      total_tokens: usage.totalTokens,
      reasoning_tokens: usage.reasoningTokens,
      cache_read_tokens: usage.cacheReadTokens,
      cache_write_tokens: usage.cacheWriteTokens,
      cost_micro_usd: turn.costMicroUsd,
    },
  };
}

/** What a helper says is short; what it thinks first has room, too. A budget sets aside no more than that. */
const MOST_OUTPUT_TOKENS = 4_000;
const NO_FALLBACKS = { on_rate_limit: [], on_context_overflow: [] };
