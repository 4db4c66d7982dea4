const UNIT_MS = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 } as const;

/**
 * When something is due that the SDK describes as a length of time (`1d2h30m10s`, nothing for none at all) or as a
 * moment (ISO 8601). Milliseconds since the epoch. Throws an Error when the text is neither.
 */
export function dueTime(text: string, nowMs: number): number {
  const lengthMs = durationMs(text);
  if (lengthMs !== null) return nowMs + lengthMs;
  const moment = Date.parse(text);
  if (Number.isNaN(moment)) throw new Error(`"${text}" is neither a length of time nor a moment.`);
  return moment;
}

/** Milliseconds in a length of time such as `1d2h30m10s`; null when the text is none. */
export function durationMs(text: string): number | null {
  if (!/^(?:\d+[wdhms])*$/.test(text)) return null;
  let sum = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)([wdhms])/g)) {
    sum += Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
  }
  return sum;
}
