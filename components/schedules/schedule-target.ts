import { runTarget } from "#lib/core/run-target.ts";
import type { ScheduleMethod } from "#lib/core/schedule.ts";
import type { ScheduleTarget } from "./schedule-views.ts";

/** Names what a schedule calls. An agent that is gone keeps its id. */
export function scheduleTarget(
  schedule: { method: ScheduleMethod; endpoint: string },
  agentNames: ReadonlyMap<string, string>,
): ScheduleTarget {
  const target = runTarget(schedule.method, schedule.endpoint);
  if (target?.kind !== "agents") {
    return { label: `${schedule.method} ${schedule.endpoint}`, agentId: null, isGone: false };
  }
  const name = agentNames.get(target.id);
  return name === undefined
    ? { label: target.id, agentId: null, isGone: true }
    : { label: name, agentId: target.id, isGone: false };
}
