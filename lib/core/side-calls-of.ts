import type { RunEventBody } from "./run-event.ts";
import type { SideCall } from "./side-call.ts";

/** The model calls beside a run's turns that an event tells of. */
export function sideCallsOf(body: RunEventBody): readonly SideCall[] {
  return "calls" in body ? (body.calls ?? []) : [];
}
