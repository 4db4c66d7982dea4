import type { ApiClient } from "#tests/support/api-client.ts";
import type { AcknowledgedRun } from "./acknowledged-run.ts";

/** A question whose server died before it said that it has a run: there may be one all the same. */
export interface UnansweredAsk extends Omit<AcknowledgedRun, "runId"> {
  /** Milliseconds of the monotonic clock. */
  brokeOffAt: number;
}

/** The runs that came of it; null when there is no such session. */
export async function runsOfAsk(client: ApiClient, ask: UnansweredAsk): Promise<AcknowledgedRun[] | null> {
  const { status, body } = await client.json("GET", `/sessions/${ask.sessionId}/runs?type=agent`);
  if (status === 404) return null;
  if (status !== 200) throw new Error(`The runs of a session answered ${status}.`);
  const { sessionId, agentId, kind } = ask;
  return (body as { run_id: string }[]).map(({ run_id: runId }) => ({ runId, sessionId, agentId, kind }));
}
