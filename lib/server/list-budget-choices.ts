import type { Scope } from "#lib/core/scope.ts";
import { listAgents } from "./list-agents.ts";
import { memberNames } from "./member-names.ts";

/** Whom a budget may be for, each by id and name. */
export interface BudgetChoices {
  agents: { id: string; name: string }[];
  users: { id: string; name: string }[];
}

/** The agents and the members of the organization, for the form of a budget. */
export async function listBudgetChoices(scope: Scope): Promise<BudgetChoices> {
  const [agents, members] = await Promise.all([listAgents(scope), memberNames(scope)]);
  return {
    agents: agents.map(({ definition: { id, name } }) => ({ id, name })),
    users: [...members].map(([id, name]) => ({ id, name })),
  };
}
