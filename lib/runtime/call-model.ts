import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { AppError } from "../core/app-error.ts";
import { CheckError } from "../core/check-error.ts";
import type { JsonObject } from "../core/json.ts";
import type { RunEventBodyOf } from "../core/run-event.ts";
import { NO_USAGE } from "../core/run-metrics.ts";
import { endFailedModelCall } from "./end-failed-model-call.ts";
import { explainModelError } from "./explain-model-error.ts";
import { fallbackChain, type Fallbacks } from "./fallback-chain.ts";
import { ModelCallError } from "./model-call-error.ts";
import { pauseFor } from "./pause-for.ts";
import { type PaidModelCall, payForModelCall } from "./pay-for-model-call.ts";
import { settleModelCall } from "./settle-model-call.ts";
import { turnCalls } from "./turn-calls.ts";
import { layoutAsJson, layoutOf } from "./turn-layout.ts";
import { type ModelTurn } from "./model-turn.ts";
import { modelTimeoutError } from "./model-timeout-error.ts";
import type { BoundModel, RunPorts } from "./ports.ts";
import type { RunLimits } from "./run-limits.ts";
import type { RunTotals } from "./run-totals.ts";
import { streamThrough, transformRequest } from "./stream-through.ts";
import type { TurnRecorder } from "./turn-recorder.ts";
import { TurnWriter } from "./turn-writer.ts";
import { UnpricedModelError } from "./unpriced-model-error.ts";
import type { WaitingCall } from "./waiting-call.ts";
import { type ModelCallWatch, watchModelCall } from "./watch-model-call.ts";

/** One model call of a run. */
export interface ModelCall {
  ports: Pick<RunPorts, "model" | "bindModel" | "budget" | "clock" | "middleware">;
  /** The models that stand in when the run's own fails. */
  fallbacks: Fallbacks;
  limits: RunLimits;
  recorder: TurnRecorder;
  /** The request, as one model takes it. */
  options(model: BoundModel): Omit<LanguageModelV4CallOptions, "abortSignal">;
  /** The prompt as sent, by reference, kept beside ModelRequestStarted. */
  sent: JsonObject;
  /** What the model is told of an answer that does not fit its schema; the last message of the prompt. */
  repair: string | null;
  /** The run's totals; a completed turn is added before it is recorded. */
  totals: RunTotals;
  /** Reads the turn's tool calls and says which of them wait for a person: that is recorded with its completion. */
  read(turn: ModelTurn): Promise<readonly WaitingCall[]>;
  /** Masks what the model writes, a stretch at a time; absent: it goes out as it comes. */
  mask?: ((text: string) => string) | undefined;
  /** Aborts when the run is to stop. */
  signal: AbortSignal;
}

/** A model that was asked in vain, as ModelRequestCompleted has it. */
type FailedModel = NonNullable<RunEventBodyOf<"ModelRequestCompleted">["failed_models"]>[number];

/**
 * The only caller of a model's doStream: budget, timeouts, retries before the first output, the models that stand in,
 * recording. Fills `turn` while the answer comes, so that a call which breaks off leaves what it has written there; a
 * whole one is read and added to the totals.
 * Throws the own model's ModelCallError, BudgetShortError when there is no money for it (nothing has come of the
 * turn then), UnpricedModelError, or the signal's reason when the run is to stop.
 */
export async function callModel(call: ModelCall, turn: ModelTurn): Promise<void> {
  const { model, clock } = call.ports;
  const paid = await payFor(call, model);
  call.recorder.record(
    {
      type: "ModelRequestStarted",
      model: model.id,
      model_provider: model.provider,
      ...(call.repair === null ? {} : { repair: call.repair }),
    },
    { internal: call.sent },
  );
  const startedAt = clock.monotonicMs();
  const failed: FailedModel[] = [];
  try {
    await askModel(call, model, turn, paid);
  } catch (error) {
    if (!(error instanceof ModelCallError) || turn.parts.length > 0) throw error;
    await askFallbacks(call, error, turn, failed);
  }
  recordCompletion(call, turn, startedAt, await call.read(turn), failed);
}

async function payFor(call: ModelCall, model: BoundModel): Promise<PaidModelCall> {
  const { budget, middleware = [] } = call.ports;
  const request = call.options(model);
  const sent = middleware.length === 0 ? request : await transformRequest(model.model, request, middleware);
  return payForModelCall(budget, model, sent, call.signal);
}

/** Asks the models that stand in, one after the other. Throws the first error when none of them answers either. */
async function askFallbacks(
  call: ModelCall,
  first: ModelCallError,
  turn: ModelTurn,
  failed: FailedModel[],
): Promise<void> {
  const { id, provider } = call.ports.model;
  failed.push({ model: id, model_provider: provider, error_type: first.type, error: first.message });
  for (const reference of fallbackChain(call.fallbacks, first)) {
    let asked = { id: reference.id, provider: reference.provider };
    try {
      const model = await call.ports.bindModel(reference);
      asked = { id: model.id, provider: model.provider };
      await askModel(call, model, turn, await payFor(call, model));
      return;
    } catch (error) {
      if (call.signal.aborted || turn.parts.length > 0 || !isModelsOwn(error)) throw error;
      const error_type = error instanceof AppError ? error.code : error.type;
      failed.push({ model: asked.id, model_provider: asked.provider, error_type, error: error.message });
    }
  }
  throw first;
}

/** How an attempt begins: what an earlier one has reported of its end is not its own. */
const UNFINISHED = { finishReason: null, usage: NO_USAGE, costMicroUsd: null } satisfies Partial<ModelTurn>;

/** True for what is wrong with one model, and not with the next. */
function isModelsOwn(error: unknown): error is ModelCallError | AppError | UnpricedModelError {
  return error instanceof ModelCallError || error instanceof AppError || error instanceof UnpricedModelError;
}

/** One model's answer, with retries of its own, each of which is paid for by itself. */
async function askModel(
  call: ModelCall,
  model: BoundModel,
  turn: ModelTurn,
  first: PaidModelCall,
): Promise<void> {
  const { clock } = call.ports;
  const { limits, signal } = call;
  turn.model = { id: model.id, provider: model.provider };
  for (let attempt = 0; ; attempt++) {
    const { request, reservation } = attempt === 0 ? first : await payFor(call, model);
    Object.assign(turn, UNFINISHED);
    try {
      signal.throwIfAborted();
      reservation?.begin();
      await attemptCall(call, model, request, turn);
    } catch (thrown) {
      await endFailedModelCall(reservation, turn, thrown);
      if (signal.aborted) throw signal.reason;
      // Middleware speaks for itself.
      if (thrown instanceof AppError || CheckError.isInstance(thrown)) throw thrown;
      const error = explainModelError(thrown, model, clock.nowMs());
      if (!error.retryable || attempt >= limits.modelRetries || turn.parts.length > 0) throw error;
      const waitMs = error.retryAfterMs ?? limits.retryBaseMs * 2 ** attempt;
      if (waitMs > limits.retryAfterMaxMs) throw error;
      await pauseFor(clock, waitMs, signal);
      continue;
    }
    // Before the answer is recorded: what was paid was paid, even if the process ends in between.
    return settleModelCall(reservation, turn);
  }
}

function recordCompletion(
  call: ModelCall,
  turn: ModelTurn,
  startedAt: number,
  waiting: readonly WaitingCall[],
  failed: readonly FailedModel[],
): void {
  const model = turn.model ?? call.ports.model;
  const { usage, firstTextAtMs } = turn;
  const layout = layoutOf(turn);
  const held = waiting.map(({ position, asked, askedArgs }) => ({
    position,
    tool: asked,
    ...(askedArgs === undefined ? {} : { asked_args: askedArgs }),
  }));
  call.totals.add(turn);
  call.recorder.record(
    {
      type: "ModelRequestCompleted",
      model: model.id,
      model_provider: model.provider,
      input_tokens: usage.inputTokens,
      output_tokens: usage.outputTokens,
      total_tokens: usage.totalTokens,
      ...(firstTextAtMs === null ? {} : { time_to_first_token: (firstTextAtMs - startedAt) / 1000 }),
      reasoning_tokens: usage.reasoningTokens,
      cache_read_tokens: usage.cacheReadTokens,
      cache_write_tokens: usage.cacheWriteTokens,
      ...(failed.length === 0 ? {} : { failed_models: [...failed] }),
      ...(held.length === 0 ? {} : { held }),
    },
    {
      // Tool calls or the run's end come next.
      moreFollows: true,
      patch: call.totals.tokenPatch(call.ports.model),
      internal: {
        finish_reason: turn.finishReason,
        calls: turnCalls(turn).length,
        cost_micro_usd: turn.costMicroUsd,
        ...(layout === undefined ? {} : { layout: layoutAsJson(layout) }),
      },
    },
  );
}

type AnswerStream = ReadableStream<LanguageModelV4StreamPart>;
type AnswerReader = ReadableStreamDefaultReader<LanguageModelV4StreamPart>;

/** One request and the reading of its answer. */
async function attemptCall(
  call: ModelCall,
  model: BoundModel,
  request: PaidModelCall["request"],
  turn: ModelTurn,
): Promise<void> {
  const abort = new AbortController();
  let reader: AnswerReader | null = null;
  let refuseStart: (reason: unknown) => void = () => undefined;
  // Ends the attempt at once, whether or not the provider heeds its signal.
  const giveUp = (reason: unknown) => {
    abort.abort(reason);
    refuseStart(reason);
    reader?.cancel(reason).catch(() => undefined);
  };
  const onStop = () => giveUp(call.signal.reason);
  call.signal.addEventListener("abort", onStop, { once: true });
  const watch = watchModelCall(call.ports.clock, call.limits, (which) =>
    giveUp(modelTimeoutError(model.provider, call.limits, which)),
  );
  try {
    const stream = await new Promise<AnswerStream>((resolve, reject) => {
      refuseStart = reject;
      const options = { ...request, abortSignal: abort.signal };
      streamThrough(model.model, options, call.ports.middleware ?? []).then((started) => {
        if (!abort.signal.aborted) resolve(started.stream);
        // A stream that arrives late has nobody to read it.
        else started.stream.cancel().catch(() => undefined);
      }, reject);
    });
    reader = stream.getReader();
    await readAnswer(call, model, turn, reader, watch);
    abort.signal.throwIfAborted();
  } catch (error) {
    throw abort.signal.aborted ? abort.signal.reason : error;
  } finally {
    watch.stop();
    call.signal.removeEventListener("abort", onStop);
  }
  checkFinish(model, turn);
}

async function readAnswer(
  call: ModelCall,
  model: BoundModel,
  turn: ModelTurn,
  reader: AnswerReader,
  watch: ModelCallWatch,
): Promise<void> {
  const writer = new TurnWriter(
    { model, clock: call.ports.clock },
    call.limits,
    call.recorder,
    turn,
    call.mask,
  );
  let ended = false;
  try {
    for (;;) {
      const { done, value: part } = await reader.read();
      ended = done;
      if (done) break;
      if (part.type !== "stream-start") watch.progress();
      const wait = writer.take(part);
      if (wait !== undefined) await wait;
      // The last part by the spec; a connection that stays open behind it is not waited for.
      if (part.type === "finish") break;
    }
  } finally {
    writer.close();
    if (!ended) reader.cancel().catch(() => undefined);
  }
}

function checkFinish({ provider }: BoundModel, turn: ModelTurn): void {
  switch (turn.finishReason) {
    case "stop":
    case "length":
    case "tool-calls":
    case "other":
      return;
    case "content-filter":
      throw new ModelCallError(
        "model_refusal_error",
        `${provider} held the answer back (content filter). Put the question differently.`,
      );
    case "error":
    case "interrupted":
    case null:
      throw new ModelCallError(
        "model_connection_error",
        `The answer of ${provider} broke off before its end. Try again.`,
        { retryable: true },
      );
  }
}
