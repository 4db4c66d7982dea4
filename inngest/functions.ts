import type { InngestFunction } from "inngest";
import { requirementExpire } from "./requirement-expire.ts";
import { retentionPrune } from "./retention-prune.ts";
import { runAfter } from "./run-after.ts";
import { runDrive } from "./run-drive.ts";
import { scheduleDispatch } from "./schedule-dispatch.ts";
import { scheduleFire } from "./schedule-fire.ts";

/**
 * The durable functions of this application: the list that is served and registered. To add one, make it in a file of
 * its own with `inngest.createFunction({ id, triggers, retries, … }, handler)` and name it here. Ids of functions and
 * of steps are a contract with runs that are waiting: add steps freely, never rename one; a function that is taken off
 * the list keeps its runs waiting until it is back. The embedded engine refuses options that it does not have.
 */
export const functions: InngestFunction.Any[] = [
  requirementExpire,
  retentionPrune,
  runAfter,
  runDrive,
  scheduleDispatch,
  scheduleFire,
];
