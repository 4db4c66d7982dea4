import type { ScheduleRunStatus } from "./schedule.ts";

/** Why a firing is there: its time came, its time was missed and is made up for, or somebody pressed the button. */
export type FiringOrigin = "cron" | "catch_up" | "manual";

/** How an attempt stands: `queued` waits for the firing before it, the others are the wire's. */
export type AttemptStatus = "queued" | ScheduleRunStatus;
