import type { JournalEvent } from "./journal.ts";
import { addModelUsage, type ModelUsage } from "./model-usage.ts";
import { sideCallsOf } from "./side-calls-of.ts";
import { usageOfCall } from "./side-call.ts";

/** What the model calls of these events used, by model and role, in the order in which they were first used. */
export function usageOfEvents(events: readonly JournalEvent[]): ModelUsage[] {
  let models: ModelUsage[] = [];
  for (const { body } of events) {
    if (body.type === "ModelRequestCompleted") {
      const { model: id, model_provider: provider } = body;
      if (id === undefined || provider === undefined) continue;
      models = addModelUsage(models, { role: "model", id, provider }, usageOfCall(body));
    } else {
      for (const call of sideCallsOf(body)) {
        const { role, model: id, model_provider: provider } = call;
        models = addModelUsage(models, { role, id, provider }, usageOfCall(call));
      }
    }
  }
  return models;
}
