import { isFinished, runStatusSchema } from "#lib/core/run-status.ts";
import { type ApiClient, apiClient } from "#tests/support/api-client.ts";
import type { AcknowledgedRun } from "./acknowledged-run.ts";
import type { DrillSchedules } from "./drill-agent.ts";
import type { DrillPerson } from "./drill-person.ts";

const LOOK_EVERY_MS = 100;
const READERS = 4;

/** How the acknowledged runs came out. */
export interface SettledRuns {
  /** Those that are gone, or had not ended in time. */
  lost: string[];
  /** Milliseconds until the last of them had, and no durable job was under way any more. */
  waitedMs: number;
}

/** What is to come to rest. */
interface SettlingWorld {
  runs: readonly AcknowledgedRun[];
  schedules: DrillSchedules;
  person: DrillPerson;
}

/**
 * Waits until every run has come to its end, nobody is asked for anything any more, no durable job is under way and no firing of a schedule waits,
 * `limitMs` at most in all. The schedules fire no more. On Postgres a killed replica's claims run out first.
 */
export async function settleRuns(
  url: string,
  { runs, schedules, person }: SettlingWorld,
  limitMs: number,
): Promise<SettledRuns> {
  const client = await apiClient(url, {});
  for (const id of [schedules.runs, schedules.fails]) await client.json("POST", `/schedules/${id}/disable`);
  const began = performance.now();
  const lost: string[] = [];
  const waiting = runs.values();
  await Promise.all(
    Array.from({ length: READERS }, async () => {
      for (const run of waiting) {
        while (!(await hasSettled(client, run))) {
          if (performance.now() - began > limitMs) {
            lost.push(`${run.kind} run ${run.runId}`);
            break;
          }
          await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
        }
      }
    }),
  );
  while (
    ((await jobsUnderWay(client)) > 0 || person.openCount() > 0) &&
    performance.now() - began < limitMs
  ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return { lost, waitedMs: performance.now() - began };
}

async function jobsUnderWay(client: ApiClient): Promise<number> {
  let count = 0;
  for (const which of ["status=queued", "status=running", "status=waiting&function=schedule-fire"]) {
    const answer = await client.json("GET", `/durable-runs?limit=1&${which}`);
    count += (answer.body as { meta: { total_count: number } }).meta.total_count;
  }
  return count;
}

async function hasSettled(client: ApiClient, run: AcknowledgedRun): Promise<boolean> {
  const path = `/agents/${run.agentId}/runs/${run.runId}?session_id=${run.sessionId}`;
  const answer = await client.json("GET", path);
  if (answer.status !== 200) return false;
  return isFinished(runStatusSchema.parse((answer.body as { status: unknown }).status));
}
