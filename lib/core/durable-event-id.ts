import type { DurableEvent } from "./durable-event.ts";

/** The id under which an event is sent: the same for every delivery of it, so that the engine drops repetitions. */
export function durableEventId(event: DurableEvent): string {
  switch (event.name) {
    case "gatehouse/run.requested":
      return `run-${event.data.runId}-${event.data.generation}`;
    case "gatehouse/run.ended":
      return `ended-${event.data.runId}-${event.data.generation}`;
    case "gatehouse/run.stopped":
      return `stopped-${event.data.runId}-${event.data.generation}`;
    case "gatehouse/schedule.fired":
      return `schedule-run-${event.data.scheduleRunId}`;
  }
}
