import { APICallError, LoadAPIKeyError } from "@ai-sdk/provider";
import type { ModelTurn } from "./model-turn.ts";
import type { Reservation } from "./reservation.ts";
import { settleModelCall } from "./settle-model-call.ts";

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
