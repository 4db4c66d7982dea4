import { Cron } from "croner";

/**
 * The first time after `afterMs` at which a cron trigger fires, in milliseconds since the epoch; null when it never
 * does again. A pattern may begin with its time zone, as in `TZ=Europe/Paris 0 9 * * 1`; without one it is UTC.
 * Throws an Error that names the fault when it is no pattern.
 */
export function nextCronTime(pattern: string, afterMs: number): number | null {
  const [, zone = "UTC", fields = pattern] = /^(?:CRON_)?TZ=(\S+)\s+(.*)$/.exec(pattern) ?? [];
  const cron = new Cron(fields, { timezone: zone, paused: true });
  return cron.nextRun(new Date(afterMs))?.getTime() ?? null;
}
