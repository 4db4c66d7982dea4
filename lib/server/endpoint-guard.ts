import type { ScheduleMethod } from "#lib/core/schedule.ts";

/**
 * Throws unless the caller may have this endpoint called at set times: it must be one that the scheduler may call, and
 * the caller must be allowed to call it, too.
 */
export type EndpointGuard = (method: ScheduleMethod, endpoint: string) => void;
