import { addUsage, type TokenUsage } from "./run-metrics.ts";

/** What one model was used for. */
export interface ModelUsage {
  id: string;
  provider: string;
  usage: TokenUsage;
}

/** Adds a usage to its model's, in the order in which the models were first used. */
export function addModelUsage(
  models: readonly ModelUsage[],
  { id, provider }: { id: string; provider: string },
  usage: TokenUsage,
): ModelUsage[] {
  const isIt = (one: ModelUsage) => one.id === id && one.provider === provider;
  if (!models.some(isIt)) return [...models, { id, provider, usage }];
  return models.map((one) => (isIt(one) ? { ...one, usage: addUsage(one.usage, usage) } : one));
}
