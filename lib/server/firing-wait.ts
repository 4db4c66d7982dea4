const FIRST_SECONDS = 5;
const LONGEST_SECONDS = 300;

/**
 * How long to wait at most before the look number `look` (from 0) at an attempt's run, in whole seconds: longer each
 * time, and so that even a limit of a day means a few looks only. What ends the run wakes who waits much earlier.
 */
export function firingWait(look: number, timeoutSeconds: number, leftSeconds: number): number {
  const longest = Math.max(LONGEST_SECONDS, timeoutSeconds / 20);
  return Math.ceil(Math.max(1, Math.min(FIRST_SECONDS * 2 ** look, longest, leftSeconds)));
}
