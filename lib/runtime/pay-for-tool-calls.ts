import type { SpendingAsk } from "../core/spending.ts";
import { BudgetShortError } from "./budget-short-error.ts";
import type { ToolCall, ToolCallPorts } from "./tool-call.ts";
import type { HeldCall } from "./hold-call.ts";
import { holdBudget } from "./hold-budget.ts";
import { reserveMoney } from "./reservation.ts";

/** Which calls are not made for want of money, and what is asked of a person then. */
interface PaidCalls {
  blocked: ReadonlySet<ToolCall>;
  held: HeldCall | null;
}

const NOTHING_BLOCKED: PaidCalls = { blocked: new Set(), held: null };

/**
 * Sets the price of each call aside that is about to be made, in their order, where a budget counts for the run; the
 * context keeps what is set aside. From the first for which there is no room on no paid call is made: one question
 * asks for what all of them need. Throws the signal's reason when the run is to stop.
 */
export async function payForToolCalls(
  context: ToolCallPorts,
  calls: readonly ToolCall[],
): Promise<PaidCalls> {
  const priced = calls.filter(({ tool, input }) => (tool?.costMicroUsd ?? 0) > 0 && input.problem === null);
  if (priced.length === 0) return NOTHING_BLOCKED;
  const { budget } = context.ports;
  const caps = await budget.caps();
  if (caps.length === 0) return NOTHING_BLOCKED;
  for (const [at, call] of priced.entries()) {
    try {
      context.paid.keep(call.id, await reserveMoney(budget, caps, askOf(call), context.signal));
    } catch (error) {
      if (!(error instanceof BudgetShortError)) throw error;
      const blocked = priced.slice(at);
      const amountMicroUsd = blocked.reduce((sum, one) => sum + askOf(one).amountMicroUsd, 0);
      const held = holdBudget({ ...askOf(call), amountMicroUsd }, error.caps, context.ports);
      return { blocked: new Set(blocked), held };
    }
  }
  return NOTHING_BLOCKED;
}

function askOf({ id, name, tool }: ToolCall): SpendingAsk {
  return { kind: "tool", name, toolCallId: id, amountMicroUsd: tool?.costMicroUsd ?? 0 };
}
