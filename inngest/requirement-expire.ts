import { remindOfRequirements } from "#lib/db/due-requirements.ts";
import { expireRequirements } from "#lib/server/expire-requirements.ts";
import { inngest } from "./client.ts";

/** One step's share, and how many of them one minute takes: what is left over is due a minute later, too. */
const BATCH = 50;
const MOST_BATCHES = 40;

/**
 * Looks every minute for requirements that people are to be reminded of or whose time is over. The rows say when that
 * is, so that a run that waits has no timer of its own, however many wait.
 */
export const requirementExpire = inngest.createFunction(
  {
    id: "requirement-expire",
    triggers: [{ cron: "TZ=UTC * * * * *" }],
    retries: 2,
    concurrency: [{ limit: 1 }],
  },
  async ({ step }) => {
    const reminded = await step.run("remind", () => remindOfRequirements(BATCH * MOST_BATCHES));
    let expired = 0;
    for (let n = 0; n < MOST_BATCHES; n += 1) {
      const due = await step.run(`expire-${n}`, () => expireRequirements(BATCH));
      expired += due;
      if (due < BATCH) break;
    }
    return { reminded, expired };
  },
);
