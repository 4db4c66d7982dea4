import { cron } from "inngest";
import { dispatchSchedules } from "#lib/server/dispatch-schedules.ts";
import { inngest } from "./client.ts";

/** Clocks differ by a little: a tick that comes just before its minute means that minute. */
const EARLY_MS = 1_000;

/** Fires the schedules that are due, each minute. What a tick leaves undone is due at the next one. */
export const scheduleDispatch = inngest.createFunction(
  { id: "schedule-dispatch", triggers: [cron("* * * * *")], retries: 1, concurrency: 1 },
  ({ step }) => step.run("dispatch", () => dispatchSchedules(new Date(Date.now() + EARLY_MS))),
);
