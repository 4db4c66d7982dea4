import { runRequestedSchema } from "#lib/core/durable-event.ts";
import { isFinished } from "#lib/core/run-status.ts";
import { systemScope } from "#lib/core/system-scope.ts";
import { driveRun } from "#lib/server/drive-run.ts";
import { failUndrivenRun } from "#lib/server/fail-undriven-run.ts";
import { inngest } from "./client.ts";

/**
 * How many background and recovered runs are driven at a time. A run mostly waits for its model, so these are not about
 * the processor but about fairness and the providers' own limits: one subject cannot take all of its organization's
 * places, nor one organization those of a process (see the engine's limit for one function).
 */
const RUNS_PER_SUBJECT = 8;
const RUNS_PER_ORGANIZATION = 16;
const ORGANIZATION_KEY = "event.data.organizationId";
const SUBJECT_KEY = `${ORGANIZATION_KEY} + "/" + (event.data.subject == null ? "" : event.data.subject)`;

/** With the engine's pauses in between, the database may be away for about half an hour. */
const RETRIES = 8;

const FIRST_WAIT_S = 5;
const LONGEST_WAIT_S = 300;

/**
 * Drives a run that nobody drives. All state is in the run's rows: a step holds where the run stands and nothing else.
 * While somebody else drives the run, this only looks again from time to time, until it has ended or waits for people.
 */
export const runDrive = inngest.createFunction(
  {
    id: "run-drive",
    triggers: [{ event: "gatehouse/run.requested" }],
    retries: RETRIES,
    concurrency: [
      { limit: RUNS_PER_ORGANIZATION, key: ORGANIZATION_KEY },
      { limit: RUNS_PER_SUBJECT, key: SUBJECT_KEY },
    ],
    onFailure: async ({ event, error, step }) => {
      const { organizationId, runId } = runRequestedSchema.parse(event.data.event.data);
      const scope = systemScope(organizationId, "run-drive");
      await step.run("fail", () => failUndrivenRun(scope, runId, error));
    },
  },
  async ({ event, step }) => {
    const { organizationId, runId } = runRequestedSchema.parse(event.data);
    const scope = systemScope(organizationId, "run-drive");
    for (let n = 0; ; n += 1) {
      const position = await step.run(`drive-${n}`, () => driveRun(scope, runId));
      // What people decide asks for another drive, so that a run that waits for them costs nothing.
      if (position === null || isFinished(position.status) || position.status === "PAUSED") return position;
      await step.sleep(`wait-${n}`, `${Math.min(FIRST_WAIT_S * 2 ** n, LONGEST_WAIT_S)}s`);
    }
  },
);
