import { type CreateBudget } from "#lib/core/budget.ts";
import { microUsdOf } from "#lib/core/micro-usd.ts";
import { validationFailure } from "#lib/core/validation-failure.ts";
import type { BudgetDefinition } from "#lib/db/budgets.ts";

/** A budget of the API as it is stored. Throws the 422 that names the field: whose it is does not fit what it says. */
export function budgetDefinition(input: CreateBudget): BudgetDefinition {
  const { applies_to: appliesTo, agent_id: agentId, user_id: userId } = input;
  if ((appliesTo === "agent") !== (agentId !== null)) {
    throw refused(
      "agent_id",
      appliesTo === "agent" ? "Name the agent" : "Only a budget of an agent names one",
    );
  }
  if ((appliesTo === "user") !== (userId !== null)) {
    throw refused("user_id", appliesTo === "user" ? "Name the user" : "Only a budget of a user names one");
  }
  return {
    name: input.name,
    enabled: input.enabled,
    appliesTo,
    agentId,
    userId,
    period: input.period,
    limitMicroUsd: microUsdOf(input.limit_usd),
    expiresAfterSeconds: input.expires_after_seconds,
  };
}

function refused(field: string, msg: string) {
  return validationFailure([{ type: "value_error", loc: ["body", field], msg, input: null }]);
}
