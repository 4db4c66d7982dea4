import type { LaneResult } from "./run-lane.ts";

/** Prints the table that ends a run of the tests, after it the names of those that failed. */
export function printResults(results: readonly LaneResult[]): void {
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
  console.log("\nlane                    result    seconds");
  for (const result of results)
    console.log(row(result.name, result.passed ? "passed" : "FAILED", result.seconds));
  console.log(row("all", results.every(({ passed }) => passed) ? "passed" : "FAILED", seconds));
  for (const { name, failures } of results)
    for (const failure of failures) console.log(`\nFAILED in ${name}: ${failure}`);
}

function row(name: string, result: string, seconds: number): string {
  return `${name.padEnd(24)}${result.padEnd(10)}${seconds.toFixed(1).padStart(7)}`;
}
