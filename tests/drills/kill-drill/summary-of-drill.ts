import type { KillDrillResult } from "./run-kill-drill.ts";

/** The result in lines for a person, the counts last. `isClean`: nothing was lost, done twice, out of order or left. */
export function summaryOfDrill(result: KillDrillResult): { lines: string[]; isClean: boolean } {
  const { lost, effectsTwice, indexGaps, leftClaimed, unexplained, firedTwice } = result;
  const { effectsOpen, effectsAdrift, effectsRefused } = result;
  const ofEffects = { effectsTwice, effectsOpen, effectsAdrift, effectsRefused };
  const { moneyAdrift, moneyOverdrawn, moneyUnpaid } = result;
  const ofMoney = { moneyAdrift, moneyOverdrawn, moneyUnpaid };
  const problems = { lost, ...ofEffects, ...ofMoney, indexGaps, leftClaimed, unexplained, firedTwice };
  const starts = result.startMs.toSorted((a, b) => a - b);
  const counts = [
    `kills ${result.kills}`,
    `acknowledged ${result.acknowledged}`,
    `lost ${lost.length + unexplained.length}`,
    `effects twice ${effectsTwice.length + firedTwice.length}`,
    `unknown outcomes answered ${result.unknownAnswered}`,
    `money astray ${Object.values(ofMoney).flat().length}`,
    `index gaps ${indexGaps.length}`,
    `left claimed ${leftClaimed.length}`,
  ];
  return {
    isClean: Object.values(problems).every((found) => found.length === 0),
    lines: [
      ...Object.entries(problems).flatMap(([kind, found]) =>
        found.slice(0, 10).map((what) => `${kind}: ${what}`),
      ),
      `ends ${JSON.stringify(result.ends)}, attempts of schedules ${JSON.stringify(result.attempts)}`,
      `calls under budgets ${JSON.stringify(result.calls)}`,
      `decided by a person ${JSON.stringify(result.decided)}`,
      `effects ${result.effects}, fail points hit ${[...result.failPointsHit].sort().join(" ")}`,
      `starts p50 ${ms(starts, 0.5)}, max ${ms(starts, 1)}; last run settled ${(result.waitedMs / 1_000).toFixed(1)} s after the load`,
      counts.join(", "),
    ],
  };
}

function ms(sorted: readonly number[], share: number): string {
  const at = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
  return `${((sorted[at] ?? 0) / 1_000).toFixed(1)} s`;
}
