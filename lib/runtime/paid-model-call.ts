import { APICallError, LoadAPIKeyError, type LanguageModelV4CallOptions } from "@ai-sdk/provider";
import type { ModelTurn } from "./model-turn.ts";
import type { BoundModel, BudgetPort } from "./ports.ts";
import { type Reservation, reserveMoney } from "./reservation.ts";
import { UnpricedModelError } from "./unpriced-model-error.ts";
import { CAPPED_OUTPUT_TOKENS, worstCaseMicroUsd } from "./worst-case.ts";

type Request = Omit<LanguageModelV4CallOptions, "abortSignal">;

/** A request to a model as it is sent, and the money that is set aside for it; null where none has to be. */
export interface PaidModelCall {
  request: Request;
  reservation: Reservation | null;
}

/**
 * Sets the worst case of a request aside where a budget counts for the run; its answer is then no longer than that
 * case. Throws BudgetShortError, UnpricedModelError, or the signal's reason when the run is to stop.
 */
export async function payForModelCall(
  budget: BudgetPort,
  model: BoundModel,
  request: Request,
  signal: AbortSignal,
): Promise<PaidModelCall> {
  const caps = await budget.caps();
  const [first] = caps;
  if (first === undefined) return { request, reservation: null };
  const bounded = { ...request, maxOutputTokens: request.maxOutputTokens ?? CAPPED_OUTPUT_TOKENS };
  const amountMicroUsd = worstCaseMicroUsd(model, bounded);
  if (amountMicroUsd === null) throw new UnpricedModelError(model, first.name);
  if (amountMicroUsd === 0) return { request, reservation: null };
  const ask = { kind: "model", name: model.id, toolCallId: null, amountMicroUsd } as const;
  return { request: bounded, reservation: await reserveMoney(budget, caps, ask, signal) };
}

/** Ends the reservation of a call whose answer was read to its end, by what the provider says that it used. */
export async function settleModelCall(reservation: Reservation | null, turn: ModelTurn): Promise<void> {
  if (reservation === null) return;
  // Who reports no tokens at all has not said that there were none.
  const isReported = turn.usage.totalTokens > 0 && turn.costMicroUsd !== null;
  await reservation.settle(isReported ? (turn.costMicroUsd ?? 0) : reservation.amountMicroUsd);
}

/**
 * Ends the reservation of a call that failed with `thrown`: nothing was spent when the provider refused the request
 * itself, the reported usage when it had come, and all of it when the call was left to itself or broke off.
 */
export async function endFailedModelCall(
  reservation: Reservation | null,
  turn: ModelTurn,
  thrown: unknown,
): Promise<void> {
  if (reservation === null) return;
  const isRefused = APICallError.isInstance(thrown) && (thrown.statusCode ?? 0) >= 400;
  if (isRefused || LoadAPIKeyError.isInstance(thrown)) await reservation.settle(0);
  else if (turn.finishReason !== null && turn.usage.totalTokens > 0) await settleModelCall(reservation, turn);
  else await reservation.die();
}
