import { formatDuration } from "#lib/core/format-duration.ts";

/** How long something took, between two times that are known to the second. */
export function tookWords(beganAtS: number, endedAtS: number): string {
  const tookS = endedAtS - beganAtS;
  if (tookS < 1) return "under 1 s";
  return tookS < 10 ? `${tookS} s` : formatDuration(tookS * 1_000);
}
