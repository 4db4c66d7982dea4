import type { ModelTurn } from "./model-turn.ts";
import type { Reservation } from "./reservation.ts";

/** Ends the reservation of a call whose answer was read to its end, by what the provider says that it used. */
export async function settleModelCall(reservation: Reservation | null, turn: ModelTurn): Promise<void> {
  if (reservation === null) return;
  // Who reports no tokens at all has not said that there were none.
  const isReported = turn.usage.totalTokens > 0 && turn.costMicroUsd !== null;
  await reservation.settle(isReported ? (turn.costMicroUsd ?? 0) : reservation.amountMicroUsd);
}
