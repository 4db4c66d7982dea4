/** One line of the benchmark's table. */
export interface Measurement {
  area: string;
  what: string;
  value: string;
  /** What it is measured against: a goal, or another figure of the same run. */
  against: string;
}

/** Takes what is measured as soon as it is, so that it is printed whatever comes after. */
export type Report = (measurements: readonly Measurement[]) => void;

/** The value below which `fraction` of the samples lie (nearest rank). */
export function percentile(samples: readonly number[], fraction: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(fraction * sorted.length) - 1)] ?? Number.NaN;
}
