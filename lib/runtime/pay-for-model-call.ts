import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
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
