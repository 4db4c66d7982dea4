import type { ApiClient } from "#tests/support/api-client.ts";
import type { AcknowledgedRun } from "./acknowledged-run.ts";
import { DRILL_AGENT } from "./drill-agent.ts";

/** The runs that a schedule has started and that have not come to their end as far as its history says. */
export async function scheduledRuns(client: ApiClient, scheduleId: string): Promise<AcknowledgedRun[]> {
  const { body } = await client.json("GET", `/schedules/${scheduleId}/runs?limit=100`);
  const { data } = body as { data: { run_id: string | null; session_id: string | null; status: string }[] };
  return data.flatMap(({ run_id: runId, session_id: sessionId, status }) =>
    runId === null || sessionId === null || (status !== "paused" && status !== "running")
      ? []
      : [{ runId, sessionId, agentId: DRILL_AGENT, kind: "scheduled" as const }],
  );
}
