import { scheduleFiredSchema } from "#lib/core/durable-event.ts";
import { systemScope } from "#lib/core/system-scope.ts";
import { failFiring } from "#lib/server/fail-firing.ts";
import { lookAtAttempt } from "#lib/server/look-at-attempt.ts";
import { startAttempt } from "#lib/server/start-attempt.ts";
import { inngest } from "./client.ts";

/** An organization's schedules may all be due at nine: so many of them are set going at a time. */
const FIRINGS_PER_ORGANIZATION = 10;

/** With the engine's pauses in between, this server's own API may be away for about half an hour. */
const RETRIES = 8;

/**
 * Carries out one firing of a schedule, with its retries. A run is only started and waited for here: its end or pause
 * wakes the wait, and the row decides. Nothing is held while it runs, and a run that waits for people ends the firing.
 */
export const scheduleFire = inngest.createFunction(
  {
    id: "schedule-fire",
    triggers: [{ event: "gatehouse/schedule.fired" }],
    retries: RETRIES,
    concurrency: [{ limit: FIRINGS_PER_ORGANIZATION, key: "event.data.organizationId" }],
    onFailure: async ({ event, error, step }) => {
      const { organizationId, scheduleRunId } = scheduleFiredSchema.parse(event.data.event.data);
      const scope = systemScope(organizationId, "schedule-fire");
      await step.run("fail", () => failFiring(scope, scheduleRunId, error));
    },
  },
  async ({ event, step }) => {
    const { organizationId, scheduleRunId: firingId } = scheduleFiredSchema.parse(event.data);
    const scope = systemScope(organizationId, "schedule-fire");
    for (let attempt = 1; ; attempt += 1) {
      let state = await step.run(`start-${attempt}`, () => startAttempt(scope, firingId, attempt));
      for (let look = 0; state.kind === "running"; look += 1) {
        await step.waitForEvent(`wait-${attempt}-${look}`, {
          event: "gatehouse/run.stopped",
          if: `async.data.runId == "${state.runId}"`,
          timeout: `${state.waitSeconds}s`,
        });
        state = await step.run(`look-${attempt}-${look}`, () =>
          lookAtAttempt(scope, firingId, attempt, look),
        );
      }
      if (state.kind === "ended") return { attempts: attempt };
      await step.sleep(`pause-${attempt}`, `${state.delaySeconds}s`);
    }
  },
);
