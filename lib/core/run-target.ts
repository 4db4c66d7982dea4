import type { ScheduleMethod } from "./schedule.ts";

/** A component that an endpoint runs. */
export interface RunTarget {
  kind: "agents" | "teams" | "workflows";
  id: string;
}

/** Reads from an endpoint which component it runs; null when it is no run endpoint. */
export function runTarget(method: ScheduleMethod, endpoint: string): RunTarget | null {
  const match =
    method === "POST" ? /^\/(agents|teams|workflows)\/([^/?]+)\/runs\/?(?:\?|$)/.exec(endpoint) : null;
  const kind = match?.[1];
  if (kind !== "agents" && kind !== "teams" && kind !== "workflows") return null;
  return { kind, id: match?.[2] ?? "" };
}
