import { CANCEL_CASES } from "./cases/cancel-cases.ts";
import { CRASH_CASES } from "./cases/crash-cases.ts";
import { DOOR_CASES } from "./cases/door-cases.ts";
import { EVENT_CASES } from "./cases/event-cases.ts";
import { FLOW_CASES } from "./cases/flow-cases.ts";
import { INVOKE_CASES } from "./cases/invoke-cases.ts";
import { OUTAGE_CASES } from "./cases/outage-cases.ts";
import { PARALLEL_CASES } from "./cases/parallel-cases.ts";
import { RETRY_CASES } from "./cases/retry-cases.ts";
import { SLEEP_CASES } from "./cases/sleep-cases.ts";
import { STEP_CASES } from "./cases/step-cases.ts";
import { SYSTEM_EVENT_CASES } from "./cases/system-event-cases.ts";
import { WAIT_CASES } from "./cases/wait-cases.ts";
import type { ConformanceCase } from "./conformance-case.ts";

/** Every case; those that wait longest are begun first. */
export const ALL_CASES: readonly ConformanceCase[] = [
  ...SLEEP_CASES,
  ...RETRY_CASES,
  ...INVOKE_CASES,
  ...FLOW_CASES,
  ...STEP_CASES,
  ...PARALLEL_CASES,
  ...WAIT_CASES,
  ...EVENT_CASES,
  ...CANCEL_CASES,
  ...SYSTEM_EVENT_CASES,
  ...DOOR_CASES,
  ...CRASH_CASES,
  ...OUTAGE_CASES,
];
