import type { ModelRole } from "./model-role.ts";
import { addUsage, type TokenUsage } from "./run-metrics.ts";

/** What one model was used for in one role. */
export interface ModelUsage {
  role: ModelRole;
  id: string;
  provider: string;
  usage: TokenUsage;
}

/** Adds a usage to its model's in its role, in the order in which they were first used. */
export function addModelUsage(
  models: readonly ModelUsage[],
  { role, id, provider }: Omit<ModelUsage, "usage">,
  usage: TokenUsage,
): ModelUsage[] {
  const isIt = (one: ModelUsage) => one.role === role && one.id === id && one.provider === provider;
  if (!models.some(isIt)) return [...models, { role, id, provider, usage }];
  return models.map((one) => (isIt(one) ? { ...one, usage: addUsage(one.usage, usage) } : one));
}
