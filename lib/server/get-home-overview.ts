import type { Scope } from "#lib/core/scope.ts";
import {
  type HourOfRuns,
  type RunStatistics,
  readRunsByHour,
  readRunStatistics,
} from "#lib/db/run-statistics.ts";

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** The numbers of the last 24 hours. */
export interface HomeOverview {
  statistics: RunStatistics;
  /** Runs in the 24 hours before. */
  previousRuns: number;
  /** One entry an hour, oldest first, the current hour last; hours without runs are zero. */
  hours: HourOfRuns[];
}

/** Sums the caller's runs of the last 24 hours, whole hours, up to `nowMs` (milliseconds since the epoch). */
export async function getHomeOverview(scope: Scope, nowMs: number): Promise<HomeOverview> {
  const lastHour = Math.floor(nowMs / HOUR_MS);
  const firstHour = lastHour - HOURS + 1;
  const from = new Date(firstHour * HOUR_MS);
  const until = new Date((lastHour + 1) * HOUR_MS);
  const [statistics, previous, counted] = await Promise.all([
    readRunStatistics(scope, { from, until }),
    readRunStatistics(scope, { from: new Date((firstHour - HOURS) * HOUR_MS), until: from }),
    readRunsByHour(scope, { from, until }),
  ]);
  const byHour = new Map(counted.map((entry) => [entry.hour, entry]));
  const hours = Array.from({ length: HOURS }, (_, offset) => {
    const hour = firstHour + offset;
    return byHour.get(hour) ?? { hour, completed: 0, failed: 0, cancelled: 0, open: 0 };
  });
  return { statistics, previousRuns: previous.runs, hours };
}
