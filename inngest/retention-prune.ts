import { systemScope } from "#lib/core/system-scope.ts";
import { deleteExpiredLeases } from "#lib/db/leases.ts";
import { deleteDeliveredMessages } from "#lib/db/outbox.ts";
import { pruneBlobs } from "#lib/db/prune-blobs.ts";
import { pruneBudgets } from "#lib/db/prune-budgets.ts";
import { pruneDurable } from "#lib/db/prune-durable.ts";
import { listRunRetentions, pruneRuns } from "#lib/db/prune-runs.ts";
import { pruneScheduleRuns } from "#lib/db/prune-schedule-runs.ts";
import { pruneToolResults } from "#lib/db/prune-tool-results.ts";
import { inngest } from "./client.ts";

/** Kept for a look at what happened; a message that was delivered has no other use. */
const KEEP_DELIVERED_HOURS = 24;
/** Kept for the page of durable jobs, and so that an event that is sent again within this time is known. */
const KEEP_DURABLE_MS = 7 * 86_400_000;
/** The history of schedules; the newest attempts of each stay longer. */
const KEEP_SCHEDULE_RUNS_DAYS = 90;
/** Rows of one statement: small enough not to hold up what runs beside it. */
const BATCH = 500;
/** Batches of one kind in one hour; the rest waits for the next. */
const MOST_BATCHES = 40;

/** Deletes what nobody needs any more, every hour and in small pieces; runs only where an organization asks for it. */
export const retentionPrune = inngest.createFunction(
  {
    id: "retention-prune",
    triggers: [{ cron: "TZ=UTC 17 * * * *" }],
    retries: 2,
    concurrency: [{ limit: 1 }],
  },
  async ({ step }) => {
    const outbox = await step.run("outbox", () =>
      inBatches(() => deleteDeliveredMessages(KEEP_DELIVERED_HOURS, BATCH)),
    );
    const leases = await step.run("leases", deleteExpiredLeases);
    const durable = await step.run("durable", () => inBatches(pruneOldDurable));
    const scheduleRuns = await step.run("schedule-runs", () =>
      inBatches(() => pruneScheduleRuns(KEEP_SCHEDULE_RUNS_DAYS, BATCH)),
    );
    const budgets = await step.run("budgets", () => inBatches(() => pruneBudgets(BATCH)));
    const toolResults = await step.run("tool-results", () => inBatches(() => pruneToolResults(BATCH)));
    const retentions = await step.run("retentions", listRunRetentions);
    let runs = 0;
    for (const { organizationId, days } of retentions) {
      const scope = systemScope(organizationId, "retention");
      runs += await step.run(`runs-${organizationId}`, () => inBatches(() => pruneRuns(scope, days, BATCH)));
    }
    const blobs = await step.run("blobs", pruneOrphanedBlobs);
    return { outbox, leases, durable, scheduleRuns, budgets, toolResults, runs, blobs };
  },
);

async function pruneOldDurable(): Promise<number> {
  const { runs, events } = await pruneDurable(new Date(Date.now() - KEEP_DURABLE_MS));
  return runs + events;
}

async function pruneOrphanedBlobs(): Promise<number> {
  let total = 0;
  await inBatches(async () => {
    const { looked, deleted } = await pruneBlobs(BATCH);
    total += deleted;
    return looked;
  });
  return total;
}

/** Repeats until there is nothing more to delete, or for long enough; returns how much there was. */
async function inBatches(deleteBatch: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
    const deleted = await deleteBatch();
    total += deleted;
    if (deleted === 0) break;
  }
  return total;
}
